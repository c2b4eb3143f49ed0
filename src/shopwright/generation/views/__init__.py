"""From records to the plain values templates see."""
