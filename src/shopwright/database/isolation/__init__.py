"""Tenants kept apart by the database itself: a user and a role for each, and connections that bear them."""
