"""Releases: a site by content hash, a signed manifest, and one pointer that says which is live."""
