"""Catalogues kept in a tenant's database: written as revisions, read at one of them."""
