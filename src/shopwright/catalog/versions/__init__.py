"""Versions of a catalogue as values: how they are told apart, ordered, searched, merged. No database here."""
