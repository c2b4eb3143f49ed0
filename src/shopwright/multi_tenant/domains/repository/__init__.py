"""Who holds which domain, in the control database."""
