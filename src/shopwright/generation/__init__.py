"""The line: from a catalogue to a finished store."""
