"""Pictures, styles and scripts: from what a merchant gives to what a browser loads."""
