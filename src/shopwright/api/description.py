"""The description of the API: OpenAPI 3.1, with how each operation is authenticated and what it may say instead."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from shopwright.access.cookie import SESSION
from shopwright.api.caller import CSRF_HEADER
from shopwright.api.repeated import HEADER, SAFE
from shopwright.api.route import BoundedRoute
from shopwright.api.wire import Problem, Wire

ADDRESS = "/v1/openapi.json"
_ABOUT = """Everything that can be done in a store's tenant, for programs and for the console.

A program sends its service key as `Authorization: Bearer sw_…`. A browser has a session cookie, and sends the token of
`GET /v1/session` as `X-CSRF-Token` with everything that changes something. Amounts of money are whole numbers in the
minor unit of their currency."""

_TAGS = {
    "session": "Signing in and out, second factors.",
    "tenants": "Tenants: for operators all, for everybody their own.",
    "catalogue": "Stores, products, imports, revisions.",
    "jobs": "Generations of stores, and how they go.",
    "releases": "What was published.",
    "people": "Users, invitations, sessions, service keys.",
    "audit": "Who did what.",
    "usage": "Quotas, and how much of them is used.",
    "look": "The brand, themes, domains.",
    "carts": "Carts, checked before the checkout.",
    "health": "Whether the service is well.",
}
_SCHEMES = {
    "key": {"type": "http", "scheme": "bearer", "description": "A service key: `sw_<tenant>_<id>_<secret>`."},
    "session": {"type": "apiKey", "in": "cookie", "name": SESSION},
    "csrf": {"type": "apiKey", "in": "header", "name": CSRF_HEADER},
}
_REPEATABLE = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Names the request: sent again with the same key within a day, it is not done again.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}


def described(app: FastAPI) -> dict[str, Any]:
    """The description of an application, as an object."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title="Shopwright",
            version="1",
            openapi_version="3.1.0",
            description=_ABOUT,
            routes=app.routes,
            tags=[{"name": name, "description": text} for name, text in _TAGS.items()],
            separate_input_output_schemas=False,
        )
        components = schema.setdefault("components", {})
        components["securitySchemes"] = _SCHEMES
        components["schemas"]["Problem"] = Problem.model_json_schema()
        _restore_examples(components["schemas"])
        for route in app.routes:
            if isinstance(route, BoundedRoute) and route.include_in_schema:
                for method in route.methods or ():
                    _complete(schema["paths"][route.path_format][method.lower()], route, method)
        app.openapi_schema = schema
    return app.openapi_schema


def _restore_examples(schemas: dict[str, Any]) -> None:
    """FastAPI leaves null out of examples, where it is a value as any other."""
    for kind in _kinds(Wire):
        extra = kind.model_config.get("json_schema_extra")
        if kind.__name__ in schemas and isinstance(extra, dict):
            schemas[kind.__name__]["examples"] = extra["examples"]


def _kinds(kind: type[Wire]) -> Iterator[type[Wire]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


def _complete(operation: dict[str, Any], route: BoundedRoute, method: str) -> None:
    """Say what follows from how a route is entered."""
    if route.action is None:
        operation["security"] = []
        return
    session: dict[str, list[str]] = {"session": []} if method in SAFE else {"session": [], "csrf": []}
    operation["security"] = [{"key": []}, session]
    operation["x-action"] = route.action.value
    if method not in SAFE:
        operation.setdefault("parameters", []).append(_REPEATABLE)
