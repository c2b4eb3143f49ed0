"""Measuring and budgeting: memory, time, work."""
