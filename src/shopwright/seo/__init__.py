"""What search engines and screen readers need: structured data, meta tags, sitemaps, and the gate every page passes."""
