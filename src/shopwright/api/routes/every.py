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
