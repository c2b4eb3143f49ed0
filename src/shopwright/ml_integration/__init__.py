"""Experiments on what a store recommends."""
