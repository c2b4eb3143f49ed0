"""What the description promises of every operation.

(shopwright.api.application, shopwright.api.description, shopwright.api.routes.every, shopwright.api.wire,
shopwright.api.revision, shopwright.api.authoring, shopwright.api.given, shopwright.api.entering, shopwright.api.route)
"""

import pytest
from jsonschema import Draft202012Validator

from shopwright.api.description import ADDRESS

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def operations(api):
    described = (await api.ask("GET", ADDRESS)).json()
    return described, [
        (path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


async def test_the_description_is_openapi(api):
    described, found = await operations(api)
    assert described["openapi"] == "3.1.0"
    assert len(found) > 50
    assert len({operation["operationId"] for _, _, operation in found}) == len(found)


async def test_every_operation_says_who_may_and_what_else_may_come(api):
    described, found = await operations(api)
    tags = {tag["name"] for tag in described["tags"]}
    for path, method, operation in found:
        assert "security" in operation, path
        assert operation["description"].endswith("."), path
        assert set(operation["tags"]) <= tags, path
        assert {"4XX", "5XX"} <= set(operation["responses"]), path
        if operation["security"]:
            assert ("csrf" in operation["security"][1]) is (method != "get"), path
            assert operation["x-action"], path


async def test_every_body_has_an_example_that_is_one(api):
    described, found = await operations(api)
    for name, schema in described["components"]["schemas"].items():
        for example in schema.get("examples", ()):
            root = {"components": described["components"], "$ref": f"#/components/schemas/{name}"}
            assert [error.message for error in Draft202012Validator(root).iter_errors(example)] == [], name
    without = [
        (path, method)
        for path, method, operation in found
        for content in _contents(operation)
        if not _has_example(described, content)
    ]
    assert without == []


def _contents(operation):
    bodies = [operation.get("requestBody", {}), *(operation["responses"].get(status, {}) for status in ("200", "201"))]
    return [content for body in bodies for name, content in body.get("content", {}).items() if "json" in name]


def _has_example(described, content):
    schema = content["schema"]
    name = schema.get("$ref", "").rpartition("/")[2]
    schema = described["components"]["schemas"].get(name, schema)
    inner = name.startswith("Listing_") or name in ("Product", "ShownLook", "Usage")
    return (
        inner
        or schema.get("type") == "string"
        or bool(schema.get("examples") or content.get("examples") or content.get("example"))
    )


async def test_nothing_is_loaded_from_elsewhere(api):
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert (await api.ask("GET", path)).status_code == 404


async def test_a_method_that_is_not_there_names_those_that_are(api):
    answer = await api.ask("DELETE", "/v1/tenants")
    assert (answer.status_code, answer.json()["type"]) == (405, "urn:shopwright:problem:method-not-allowed")
    assert answer.headers["allow"]
