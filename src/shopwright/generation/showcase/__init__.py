"""The showcase: every theme, template, component and state with sample data, as one set of pages to look at."""
