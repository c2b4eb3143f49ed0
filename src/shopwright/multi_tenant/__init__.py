"""A tenant's life: created, changed, suspended, exported, moved, deleted; its quotas and how it looks."""
