"""Every router of the API, in the order of the description."""

from shopwright.api.routes import health, session, tenants

ROUTERS = (session.routes, tenants.routes, health.routes)
