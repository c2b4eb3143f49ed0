"""The real parts joined, once, for commands and services."""
