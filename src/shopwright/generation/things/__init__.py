"""The structured data of pages: from what a page shows to the builders of ``seo.structured_data``."""
