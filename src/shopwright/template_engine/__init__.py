"""Templates and themes: sandboxed Jinja2, the theme API, interface text and number formats."""
