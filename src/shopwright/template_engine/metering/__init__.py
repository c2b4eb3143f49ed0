"""Metering: templates pay fuel for what they do, and values stay small; the same on every machine."""
