"""Tenants in the control database: looked up, listed, and taken from one state to the next."""
