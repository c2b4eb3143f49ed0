"""A private MongoDB server: found, started, watched, joined and stopped, with nothing to set up."""
