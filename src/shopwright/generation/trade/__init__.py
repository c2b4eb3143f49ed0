"""What a store tells other services: merchant feeds, sitemaps, news of new products."""
