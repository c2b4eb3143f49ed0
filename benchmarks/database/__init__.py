"""How fast the database answers, alone, at its capacity and above it, while it grows to ten million products."""
