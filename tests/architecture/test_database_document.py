"""``docs/reference/database.md`` lists what the database holds."""

import re
from pathlib import Path

from shopwright.bootstrap.schema import ALL_TYPES

TEXT = (Path(__file__).parents[2] / "docs/reference/database.md").read_text()
ROW = re.compile(r"^\| `(\w+)` \| .+ \| (.+) \|$", re.MULTILINE)


def asked(kind):
    """The queries of a collection, as the document writes them."""
    told = [
        f"`{query.name}`: {', '.join(query.equality) or 'all'}{ordered(query)}{ranged(query)}" for query in kind.queries
    ]
    return "; ".join(told) or "by id"


def ordered(query):
    return f" by {', '.join(query.sort)}" if query.sort else ""


def ranged(query):
    between = [path for path in query.range if path not in {field.removeprefix("-") for field in query.sort}]
    return f" within {', '.join(between)}" if between else ""


def test_every_collection_is_described_with_its_queries():
    assert ROW.findall(TEXT) == [(kind.name, asked(kind)) for kind in ALL_TYPES]


def test_what_expires_is_told():
    for kind in ALL_TYPES:
        if kind.expires:
            assert f"`{kind.name}.{kind.expires}`" in TEXT
