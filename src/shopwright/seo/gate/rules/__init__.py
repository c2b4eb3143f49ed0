"""The rules of the gate: what each asks for, why, and what to do."""
