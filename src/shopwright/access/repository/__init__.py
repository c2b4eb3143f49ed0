"""What is kept of a tenant's people, each kind by its own rules. Joined in ``bootstrap`` only."""
