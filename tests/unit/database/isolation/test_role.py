from shopwright.bootstrap.control_types import CONTROL_TYPES
from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.database.document import Document, DocumentType
from shopwright.database.isolation.role import actions, privileges, same_privileges


class Note(Document):
    id: str


NOTES = DocumentType("notes", Note)
WATCHED = DocumentType("watched", Note, watched=True)
EVENTS = DocumentType("events", Note, append_only=True)


def test_what_each_kind_allows():
    assert actions(NOTES) == ["find", "insert", "remove", "update"]
    assert actions(WATCHED) == ["changeStream", "find", "insert", "remove", "update"]
    assert actions(EVENTS) == ["find", "insert"]


def test_each_collection_is_named_in_one_database():
    assert privileges("t_luna", (NOTES, EVENTS)) == [
        {"resource": {"db": "t_luna", "collection": "events"}, "actions": ["find", "insert"]},
        {"resource": {"db": "t_luna", "collection": "notes"}, "actions": ["find", "insert", "remove", "update"]},
    ]


def test_nothing_is_allowed_beyond_documents():
    """Nothing that drops, makes, copies or configures, and never a whole database."""
    granted = [*privileges("t_luna", DOCUMENT_TYPES), *privileges("control", CONTROL_TYPES)]
    assert {action for each in granted for action in each["actions"]} <= {
        "changeStream", "find", "insert", "remove", "update"
    }  # fmt: skip
    assert all(each["resource"]["collection"] for each in granted)
    assert {each["resource"]["db"] for each in granted} == {"t_luna", "control"}


def test_order_does_not_matter_and_anything_else_does():
    wanted = privileges("t_luna", (NOTES, EVENTS))
    turned = [{**each, "actions": each["actions"][::-1]} for each in reversed(wanted)]
    assert same_privileges(turned, wanted)
    assert not same_privileges(wanted[:1], wanted)
    assert not same_privileges(privileges("t_sol", (NOTES, EVENTS)), wanted)
    assert not same_privileges(privileges("t_luna", (WATCHED, EVENTS)), wanted)
