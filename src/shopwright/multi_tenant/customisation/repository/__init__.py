"""A tenant's look and its files, in its own database."""
