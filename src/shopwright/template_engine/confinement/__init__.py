"""Confined rendering: templates nobody trusts run in processes that can compute and answer, and nothing else."""
