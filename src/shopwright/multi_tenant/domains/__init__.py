"""The domains of tenants: claimed, proved, looked at again, released; what a proxy before the stores is told."""
