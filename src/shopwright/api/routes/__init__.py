"""What can be asked for, one module for each resource. Each route enters a tenant through the door, for one action."""
