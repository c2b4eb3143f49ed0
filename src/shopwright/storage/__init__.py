"""Files: a folder that is replaced as a whole."""
