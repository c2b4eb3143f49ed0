import pytest

from shopwright.database.migrations.migration import Migration, in_order
from shopwright.errors import DatabaseError


def same(document):
    return document


def migration(number, change=same):
    return Migration(number, f"step {number}", "things", change)


def test_they_run_by_number():
    assert [one.number for one in in_order([migration(2), migration(1)])] == [1, 2]


@pytest.mark.parametrize("numbers", [(2,), (1, 1), (1, 3), (0, 1)])
def test_numbers_have_no_gap(numbers):
    with pytest.raises(DatabaseError, match="numbered 1, 2, 3, without a gap"):
        in_order(map(migration, numbers))


def test_the_digest_is_of_what_it_does():
    def other(document):
        return {**document, "a": 1}

    assert len(migration(1).digest) == 64
    assert len({migration(1).digest, migration(2).digest, migration(1, other).digest}) == 3


def test_the_layout_of_its_source_does_not_matter(monkeypatch):
    before = migration(1).digest
    monkeypatch.setattr("inspect.getsource", lambda change: "def same(document):\n        return  document")
    assert migration(1).digest == before
