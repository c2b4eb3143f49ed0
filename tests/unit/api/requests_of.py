"""A request for each route, made of the examples of its description."""

import orjson

from shopwright.api.route import BoundedRoute

KNOWN = {"store": "shop", "release": "0" * 20, "number": "1", "name": "evening", "domain": "shop.example.org"}
PATCH = {"title": "Round, gold"}


def routes_of(api, *, every=False):
    """The routes that enter a tenant, or all."""
    routes = [route for route in api.shell.app.routes if isinstance(route, BoundedRoute)]
    return routes if every else [route for route in routes if route.action]


def request_of(api, route, tenant):
    """What ``Serving.ask`` takes: the address with what luna has, and the body of the example."""
    (method,) = route.methods
    described = api.shell.app.openapi()["paths"].get(route.path_format, {}).get(method.lower(), {})
    values = {**KNOWN, "tenant": tenant, "handle": api.luna.product, "job": api.luna.job}
    values |= {"user": api.luna.user, "session": "0" * 32, "key": "0" * 32}
    content, headers = _body(api, described), {}
    query = {
        each["name"]: _example(each)
        for each in described.get("parameters", ())
        if each["in"] == "query" and each["required"]
    }
    if content:
        headers["content-type"], body = content
        return {"method": method, "path": _path(route, values), "params": query, "headers": headers, "content": body}
    if any(each["name"] == "If-Match" for each in described.get("parameters", ())):
        headers["if-match"] = f'"{"0" * 64}"'
    return {"method": method, "path": _path(route, values), "params": query, "headers": headers}


def _path(route, values):
    return route.path_format.format(**{name: values.get(name, "0" * 32) for name in route.param_convertors})


def _example(parameter):
    schema = parameter["schema"]
    return parameter.get("example") or (schema.get("examples") or ["round"])[0]


def _body(api, described):
    content = described.get("requestBody", {}).get("content", {})
    for media_type, each in content.items():
        schema = each["schema"]
        if "$ref" in schema:
            schema = api.shell.app.openapi()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        examples = schema.get("examples") or each.get("examples") or [PATCH]
        return media_type, b"no catalogue" if schema.get("format") == "binary" else orjson.dumps(examples[0])
    return None
