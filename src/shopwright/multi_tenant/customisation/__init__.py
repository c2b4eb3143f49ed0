"""How a tenant's stores look and speak unless a store says otherwise: brand, theme, locales, currency."""
