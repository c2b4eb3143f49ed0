"""Shopwright: complete online stores from a catalogue file."""
