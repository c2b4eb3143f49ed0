import pytest

from shopwright.database.document import Document, DocumentType
from shopwright.database.measuring import measured
from shopwright.errors import DatabaseError, DuplicateDocument
from shopwright.performance.database_metrics import FAILED, OPERATION, WAITED


def counted(metric, *values):
    found = metric.collect().series.get(values)
    return getattr(found, "count", found) or 0


def test_an_operation_is_counted_by_its_collection():
    before = counted(OPERATION, "jobs")
    with measured("jobs"):
        pass
    assert counted(OPERATION, "jobs") == before + 1


@pytest.mark.parametrize("kind", [DatabaseError, DuplicateDocument])
def test_one_that_fails_is_counted_twice_over_as_what_it_is(kind):
    before, failed = counted(OPERATION, "jobs"), counted(FAILED, kind.__name__)
    with pytest.raises(kind), measured("jobs"):
        raise kind("no")
    assert (counted(OPERATION, "jobs"), counted(FAILED, kind.__name__)) == (before + 1, failed + 1)


class Lamp(Document):
    id: str


async def test_what_a_collection_is_asked_is_counted(tenant_database):
    lamps = tenant_database.documents(DocumentType("lamps", Lamp))
    waited = counted(WAITED)
    await lamps.insert(Lamp(id="a"))
    failed = counted(FAILED, "DuplicateDocument")
    with pytest.raises(DuplicateDocument):
        await lamps.insert(Lamp(id="a"))
    assert await lamps.get("a")
    assert counted(OPERATION, "lamps") == 3
    assert counted(FAILED, "DuplicateDocument") == failed + 1
    assert counted(WAITED) >= waited + 3
