"""Every router of the API, in the order of the description."""

from shopwright.api.routes import (
    audit,
    carts,
    health,
    imports,
    jobs,
    keys,
    look,
    people,
    products,
    releases,
    revisions,
    session,
    tenants,
    usage,
)

PUBLIC = frozenset(
    {
        ("POST", "/v1/session"),
        ("DELETE", "/v1/session"),
        ("POST", "/v1/session/second-factor"),
        ("POST", "/v1/session/app"),
        ("PUT", "/v1/session/app"),
        ("POST", "/v1/links"),
        ("GET", "/v1/jwks.json"),
        ("GET", "/health/live"),
        ("GET", "/health/ready"),
    }
)
"""Methods and addresses that enter no tenant: they prove who somebody is, or tell nothing of anybody."""

ROUTERS = (
    session.routes,
    tenants.routes,
    products.routes,
    imports.routes,
    revisions.routes,
    carts.routes,
    jobs.routes,
    releases.routes,
    people.routes,
    keys.routes,
    audit.routes,
    usage.routes,
    look.routes,
    health.routes,
)
