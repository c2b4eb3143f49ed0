from shopwright.database.document import Document, DocumentType, Moment, Query
from shopwright.database.schema.indexes import indexes


class Thing(Document):
    id: str
    store: str
    handle: str
    price: int
    made: Moment


def names(*queries, expires=None):
    return [index.name for index in indexes(DocumentType("things", Thing, queries, expires=expires))]


BY_HANDLE = Query("by_handle", ("store", "handle"), unique=True)


def test_equality_then_sort_then_range():
    query = Query("q", ("store",), sort=("-price", "id"), range=("made", "price"))
    assert names(query) == ["store_1_price_-1__id_1_made_1"]


def test_an_index_that_begins_with_another_answers_for_both():
    assert names(BY_HANDLE, Query("of_store", ("store",))) == ["store_1_handle_1"]
    assert names(Query("of_store", ("store",)), Query("q", ("store",), sort=("price",))) == ["store_1_price_1"]
    assert names(Query("same", ("store", "handle")), BY_HANDLE) == ["store_1_handle_1"]


def test_an_order_may_be_read_backwards_as_a_whole_only():
    up, down = Query("up", ("store",), sort=("price", "id")), Query("down", ("store",), sort=("-price", "-id"))
    mixed = Query("mixed", ("store",), sort=("price", "-id"))
    assert names(up, down) == ["store_1_price_1__id_1"]
    assert names(up, mixed) == ["store_1_price_1__id_1", "store_1_price_1__id_-1"]


def test_that_of_the_id_is_there_anyway():
    class Plain(Document):
        id: str

    assert indexes(DocumentType("plain", Plain, (Query("one", ("id",), unique=True), Query("all", sort=("id",))))) == ()


def test_expiry_has_an_index_of_its_own():
    kind = DocumentType("things", Thing, (BY_HANDLE,), expires="made")
    assert [index.specification for index in indexes(kind)] == [
        {"key": {"store": 1, "handle": 1}, "name": "store_1_handle_1", "unique": True},
        {"key": {"made": 1}, "name": "made_1", "expireAfterSeconds": 0},
    ]
