"""The reference says what the code does."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.unit.catalog.reading import FIXTURES, Read

from shopwright.catalog.fault_rules import RULES, fault_table
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.schema import schema_of
from shopwright.catalog.store import Store

ROOT = Path(__file__).parents[3]
REFERENCE = ROOT / "docs" / "reference"
ROOMS = (ROOT / "src" / "shopwright" / room for room in ("catalog", "generation"))
SOURCE = "\n".join(path.read_text() for room in ROOMS for path in sorted(room.rglob("*.py")))


def test_every_fault_is_documented():
    assert fault_table() in (REFERENCE / "faults.md").read_text(), "put fault_table() into docs/reference/faults.md"


def test_every_fault_that_is_raised_has_a_rule_and_every_rule_is_raised():
    outside_rules = SOURCE.replace((ROOT / "src/shopwright/catalog/fault_rules.py").read_text(), "")
    named = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', outside_rules))
    assert set(RULES) <= named
    raised = re.findall(r'(?:note\(|fault\(|code = )"([a-z]+(?:-[a-z]+)+)"', outside_rules)
    assert set(raised) <= set(RULES)


@pytest.mark.parametrize("name", ["product", "store", "collection"])
def test_the_published_schemas_are_current(name):
    published = json.loads((REFERENCE / f"{name}.schema.json").read_text())
    assert published == json.loads(json.dumps(schema_of(name))), f"shopwright schema {name} > docs/reference/…"
    Draft202012Validator.check_schema(published)


def test_what_is_read_fits_the_published_schemas():
    product, collection = Draft202012Validator(schema_of("product")), Draft202012Validator(schema_of("collection"))
    for path in sorted(FIXTURES.glob("*[!s].csv")):
        for item in Read(path).items:
            validator = product if isinstance(item, Product) else collection
            validator.validate(item.model_dump(mode="json", exclude_defaults=True))
    Draft202012Validator(schema_of("store")).validate({"name": "Test", "tagline": {"*": "Hello"}})


@pytest.mark.parametrize(
    ("value", "page"), [(Product, "catalogue-format"), (Store, "catalogue-format"), (Collection, "catalogue-format")]
)
def test_every_field_of_our_own_format_is_documented(value, page):
    text = (REFERENCE / f"{page}.md").read_text()
    assert [name for name in value.model_fields if f"`{name}`" not in text] == []


def test_every_known_column_is_documented():
    from shopwright.catalog.exporters import shopify, woocommerce

    for module, page in ((shopify, "shopify-csv"), (woocommerce, "woocommerce-csv")):
        text = (REFERENCE / f"{page}.md").read_text()
        columns = [*module._CARRIERS.values(), *(getattr(module, "_COLUMNS", None) or module._BEFORE)]
        assert [name for name in columns if f"`{name}`" not in text] == []
