import pytest
from tests.unit.database.references.library import BOOKS, GRAPH, NOTES, SHELVES, WRITERS, Note

from shopwright.database.document import DocumentType, Reference
from shopwright.database.references.graph import Link, ReferenceGraph, links_of
from shopwright.errors import DatabaseError


def test_references_are_read_in_both_directions():
    assert [str(link) for link in links_of(NOTES)] == [
        "notes.shelf",
        "notes.book",
        "notes.others",
        "notes.chapters.writer",
        "notes.under",
    ]
    assert [str(link) for link in GRAPH.to(BOOKS)] == ["notes.book", "notes.others"]
    assert GRAPH.to(WRITERS) == (Link(NOTES, NOTES.references[3]),)


def test_a_key_is_the_same_from_both_ends():
    book, others = links_of(NOTES)[1:3]
    note = {"store": "a", "book": "x", "others": ["x", "y"]}
    assert list(book.named(note)) == [("books", "handle", "a", "x")]
    assert list(others.named(note)) == [("books", "handle", "a", "x"), ("books", "handle", "a", "y")]
    assert book.key_of({"store": "a", "handle": "x", "_id": 1}) == ("books", "handle", "a", "x")
    assert links_of(NOTES)[0].key_of({"_id": "left"}) == ("shelves", "id", "left")


def test_filters_hold_what_both_must_agree_in():
    book = links_of(NOTES)[1]
    keys = [("books", "handle", "a", "x"), ("books", "handle", "b", "y"), ("books", "handle", "a", "z")]
    assert list(book.targets(keys)) == [
        {"store": "a", "handle": {"$in": ["x", "z"]}, "until": 99},
        {"store": "b", "handle": {"$in": ["y"]}, "until": 99},
    ]
    assert book.sources(keys[0]) == {"store": "a", "book": "x"}
    assert links_of(NOTES)[0].sources(("shelves", "id", "left")) == {"shelf": "left"}


@pytest.mark.parametrize(
    ("reference", "fault"),
    [
        (Reference("shelf", "nowhere"), "It refers to nowhere, which is not declared"),
        (Reference("book", "books", where=(("nothing", 1),)), "There is no such field"),
        (Reference("nothing", "shelves"), "There is no such field"),
        (Reference("shelf", "shelves", key="nothing"), "There is no such field"),
        (Reference("shelf", "shelves", within=("store",)), "There is no such field"),
    ],
)
def test_a_reference_that_contradicts_what_it_names_is_refused(reference, fault):
    with pytest.raises(DatabaseError, match=fault):
        ReferenceGraph([SHELVES, BOOKS, DocumentType("notes", Note, references=(reference,))])
