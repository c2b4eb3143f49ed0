"""The checks of every requirement, run from a source checkout."""
