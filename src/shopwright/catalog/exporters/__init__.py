"""Catalogues written in the formats of other systems, and in our own."""
