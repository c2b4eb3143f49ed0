"""Content delivery networks told what has changed."""
