"""The jobs of a tenant in its database: as those see them who ask for them, and as workers do."""
