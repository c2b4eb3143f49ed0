"""Proving that queries use their indexes, by the server's own account of how it answers them."""
