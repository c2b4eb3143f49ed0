"""A tenant's audit trail in its database: added to, searched, read back, verified."""
