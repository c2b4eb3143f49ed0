import json

import pytest
from click.testing import CliRunner

from shopwright.catalog.schema import schema_of
from shopwright.cli.schema import schema


@pytest.mark.parametrize("name", ["product", "store", "collection"])
def test_the_schema_is_printed(name):
    result = CliRunner().invoke(schema, [name])
    assert json.loads(result.stdout) == json.loads(json.dumps(schema_of(name)))
    assert json.loads(result.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_product_is_the_default():
    assert json.loads(CliRunner().invoke(schema, []).stdout)["title"] == "product"
