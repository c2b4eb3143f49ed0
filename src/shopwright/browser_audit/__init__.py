"""A built store looked at in a real browser: Lighthouse, axe, the keyboard, layout, web vitals, markup and policy."""
