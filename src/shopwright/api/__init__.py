"""The HTTP API: what a tenant's people and programs do over the network, described by OpenAPI 3.1 under ``/v1``."""
