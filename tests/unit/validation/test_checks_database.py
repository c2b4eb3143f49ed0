import pytest

from shopwright.database.document import Document, DocumentType, Query
from shopwright.validation import checks_database as module
from shopwright.validation.checkout import Checkout


class Thing(Document):
    id: str
    name: str


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    work = tmp_path_factory.mktemp("work")
    return Checkout(work, work)


def test_every_collection_refuses_what_breaks_it(checkout):
    result = module.every_document_type_has_its_validator(checkout)
    assert result.passed
    assert result.figure.endswith("collections refuse what breaks their schema; 0 differences")


def test_every_query_is_explained(checkout):
    result = module.every_query_has_its_index(checkout)
    assert result.passed
    assert result.figure.endswith("queries explained, 0 faults")


def test_a_collection_that_is_not_guarded_fails(checkout, monkeypatch):
    """Its document type was declared and never installed."""
    monkeypatch.setattr(module, "ALL_TYPES", (*module.ALL_TYPES, DocumentType("unguarded", Thing)))
    result = module.every_document_type_has_its_validator(checkout)
    assert not result.passed
    assert result.figure.endswith("; 1 differences")


def test_a_query_without_index_fails(checkout, monkeypatch):
    naked = DocumentType("naked", Thing, (Query("by_name", ("name",), sort=("id",)),))

    async def not_migrated(database, kinds, migrations):
        await database.raw.naked.insert_many([{"_id": str(number)} for number in range(50)])

    monkeypatch.setattr(module, "DOCUMENT_TYPES", (naked,))
    monkeypatch.setattr(module, "migrate", not_migrated)
    result = module.every_query_has_its_index(checkout)
    assert not result.passed
    assert result.figure.startswith("1 queries explained, 1 faults: naked.by_name reads")
