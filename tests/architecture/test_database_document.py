"""``docs/reference/database.md`` lists what the database holds."""

import re
from pathlib import Path

from shopwright.bootstrap.control_types import CONTROL_TYPES
from shopwright.bootstrap.schema import ALL_TYPES

TEXT = (Path(__file__).parents[2] / "docs/reference/database.md").read_text()
ONLY_CONTROL = [kind for kind in CONTROL_TYPES if kind not in ALL_TYPES]
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
    assert ROW.findall(TEXT) == [(kind.name, asked(kind)) for kind in (*ALL_TYPES, *ONLY_CONTROL)]


def test_what_the_control_database_shares_with_tenants_is_named():
    told = TEXT.partition("Beside them it holds, ")[2].partition("\n\n")[0]
    assert re.findall(r"`(\w+)`", told) == [kind.name for kind in CONTROL_TYPES if kind not in ONLY_CONTROL]


def test_what_is_only_added_to_or_listened_to_is_told():
    for what, may in (
        ("append_only", "find, insert"),
        ("watched", "find, insert, update, remove, follow what is added"),
    ):
        kinds = {kind.name for kind in (*ALL_TYPES, *CONTROL_TYPES) if getattr(kind, what)}
        assert f"| {', '.join(f'`{name}`' for name in sorted(kinds))} | {may} |" in TEXT


def test_what_expires_is_told():
    for kind in ALL_TYPES:
        if kind.expires:
            assert f"`{kind.name}.{kind.expires}`" in TEXT
