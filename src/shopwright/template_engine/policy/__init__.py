"""The static policy: what a template that nobody has to trust may say, checked before it is ever compiled."""
