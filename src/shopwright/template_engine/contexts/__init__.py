"""The contextual check of templates: in which part of the HTML each expression stands, and whether it may."""
