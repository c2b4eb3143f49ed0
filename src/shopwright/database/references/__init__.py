"""References between documents: checked on write, acted on when something is deleted, checked as a whole."""
