import datetime as dt

from shopwright.catalog.versions.revision import Act, Author, Counts, Kind, Revision
from shopwright.cli.kept_catalog import author, described, kind_of, show_revision

MADE = Revision(7, Act.UNDO, dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), "ann", Counts(1, 2, 3), 1_000, 5, undone=6)


def test_a_revision_in_one_line():
    assert described(MADE) == (
        "7  2026-11-23 12:00:00 UTC  ann  undo of revision 6: 1 added, 2 changed, 3 deleted; 1,000 products"
    )


def test_a_revision_for_machines(capsys):
    show_revision(MADE, as_json=True)
    show_revision(None, as_json=True)
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith('{"revision":7,"act":"undo","at":"2026-11-23T12:00:00+00:00","by":"ann"')
    assert printed[1] == '{"revision":null}'


def test_who_runs_it_and_what_is_named():
    assert isinstance(author(), Author)
    assert author().at.tzinfo is dt.UTC
    assert (kind_of(as_collection=True), kind_of(as_collection=False)) == (Kind.COLLECTION, Kind.PRODUCT)
