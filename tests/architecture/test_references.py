"""The documents say which references are declared."""

import re
from pathlib import Path

from shopwright.bootstrap.document_types import GRAPH

DOCUMENT = Path(__file__).parents[2] / "docs/reference/references.md"


def row(link):
    reference = link.reference
    key = f", by `{reference.key}`" if reference.key != "id" else ""
    within = ", of the same store" if reference.within == ("store",) else ""
    return f"| `{link}` | `{reference.to}`{key}{within} | {reference.on_delete} |"


def test_every_reference_is_described_and_no_other():
    described = [line for line in DOCUMENT.read_text().splitlines() if re.match(r"\| `\w+\.", line)]
    assert described == [row(link) for link in GRAPH.links]


def test_what_names_is_declared_after_what_it_names_except_both_ways():
    """`db check --repair` goes through the kinds from the last to the first."""
    order = list(GRAPH.kinds)
    forward = {str(link) for link in GRAPH.links if order.index(link.reference.to) > order.index(link.source.name)}
    assert forward == {
        "settings.pictures",
        "collections.pictures",
        "releases.job",
    }
