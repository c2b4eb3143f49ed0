"""Fields that are encrypted before they leave the process, and the keys they are encrypted with."""
