import pytest

from shopwright.catalog.row import Outcome, Row, normalise, read_header
from shopwright.errors import SourceError

FIELDS = {"title": "title", "name": "title", "price": "price"}


def test_columns_are_found_by_any_case_and_padding():
    assert normalise("  Body   (HTML) ") == "body (html)"
    header = read_header(("TITLE", " price", "Name", "Note", ""), FIELDS.get)
    assert dict(header.fields) == {"title": 0, "price": 1}
    assert header.extras == ((2, "Name"), (3, "Note"))


def test_a_column_that_matters_stands_once():
    with pytest.raises(SourceError, match=r"the column 'Title ' stands twice\. Remove or rename"):
        read_header(("title", "Title "), FIELDS.get)


def test_cells_are_clean_and_missing_ones_empty():
    row = Row(2, [" a\x00\r\n", "", " n "], read_header(("Title", "Price", "Note"), FIELDS.get))
    assert (row.get("title"), row.get("price"), row.get("size")) == ("a", "", "")
    assert (row.has("price"), row.has("size"), row.column("title"), row.column("size")) == (True, False, "Title", None)
    assert row.extras() == {"Note": "n"}
    assert Row(3, ["a"], row.header).get("price") == ""
    assert Row(3, ["a"], row.header).extras() == {}


def test_an_outcome_is_decided_later():
    row = Row(2, [], read_header((), FIELDS.get))
    assert row.outcome is None
    for decide, outcome in ((row.use, Outcome.USED), (row.merge, Outcome.MERGED), (row.refuse, Outcome.REFUSED)):
        decide()
        assert row.outcome is outcome
