"""The gate: every page is checked as it is written, and all files of a site are checked together."""
