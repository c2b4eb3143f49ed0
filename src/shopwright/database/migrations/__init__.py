"""Changes to what is stored already: numbered, forward only, resumable, recorded in each database."""
