"""The published JSON Schema of Shopwright's own format."""

from typing import Any

from shopwright.catalog.product import Collection, Product, Value
from shopwright.catalog.store import Store

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_VALUES: dict[str, tuple[type[Value], str]] = {
    "product": (Product, "One product: one line of products.jsonl."),
    "collection": (Collection, "One collection: one line of collections.jsonl."),
    "store": (Store, "A store: the content of store.yaml."),
}


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of ``product``, ``collection`` or ``store``."""
    value, description = _VALUES[name]
    schema = value.model_json_schema(mode="validation")
    return {"$schema": DIALECT, "title": name, "description": description} | {
        key: part for key, part in schema.items() if key not in ("title", "description")
    }
