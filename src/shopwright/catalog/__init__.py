"""What is for sale: values, importers, exporters, and the check that lists every fault."""
