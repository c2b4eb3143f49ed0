"""Catalogue files of other systems: one module per dialect."""
