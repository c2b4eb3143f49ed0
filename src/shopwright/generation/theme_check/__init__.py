"""The check of a theme for its author: everything that is wrong with it, at once, each with its place."""
