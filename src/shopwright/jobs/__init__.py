"""A tenant's work: asked for once, done by some process, again after a crash."""
