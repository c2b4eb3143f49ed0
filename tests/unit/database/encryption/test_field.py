import pytest
from tests.unit.database.encryption.people import Factor, Person, person

from shopwright.database.document import Document, DocumentType, Part, Query, Reference
from shopwright.database.encryption.field import Seal, Sealed, seals_of
from shopwright.database.schema.validator import validator
from shopwright.errors import DatabaseError


def test_the_type_of_a_field_says_that_it_is_sealed():
    assert seals_of(Person) == {
        "email": Seal(findable=True),
        "name": Seal(),
        "phone": Seal(),
        "nick": Seal(),
        "factors": Seal(),
    }
    assert seals_of(Factor) == {}


class Inside(Part):
    secret: Sealed[str]


def test_only_a_whole_field_can_be_sealed():
    class Nested(Document):
        id: str
        parts: tuple[Inside, ...]

    class Elements(Document):
        id: str
        words: tuple[Sealed[str], ...]

    class Identified(Document):
        id: Sealed[str]

    for model, what in (
        (Nested, r"Nested\.parts: Only a whole field"),
        (Elements, r"Elements\.words: Only a whole field"),
        (Identified, "Identified: An id cannot be sealed"),
    ):
        with pytest.raises(DatabaseError, match=what):
            seals_of(model)


@pytest.mark.parametrize(
    ("declared", "refused"),
    [
        ({"queries": (Query("q", ("name",)),)}, "name"),
        ({"queries": (Query("q", ("email", "phone")),)}, "phone"),
        ({"queries": (Query("q", sort=("-email",)),)}, "email"),
        ({"queries": (Query("q", ("role",), range=("email",)),)}, "email"),
        ({"references": (Reference("name", "names"),)}, "name"),
        ({"references": (Reference("role", "roles", within=("email",)),)}, "email"),
        ({"present": (("name", "x"),)}, "name"),
        ({"expires": "name"}, "name"),
    ],
)
def test_what_the_server_would_have_to_read_cannot_be_sealed(declared, refused):
    with pytest.raises(DatabaseError, match=f"people: The server cannot read {refused}, which is sealed"):
        DocumentType("people", Person, **declared)


def test_the_server_lets_only_sealed_bytes_in():
    rules = validator(Person)["$jsonSchema"]["properties"]
    assert rules["email"] == rules["name"] == rules["factors"] == {"encrypt": {}}
    assert rules["phone"] == rules["nick"] == {"anyOf": [{"encrypt": {}}, {"bsonType": "null"}]}
    assert rules["role"] == {"bsonType": "string"}


def test_what_is_sealed_is_not_shown():
    shown = repr(person(1, phone="Canary", nick="Canary", factors=(Factor(label="Canary", counter=1),)))
    assert "Canary" not in shown
    assert shown == ("Person(id='p1', role='editor', email='…', name='…', phone='…', nick='…', factors='…', times=0)")
    assert "Canary" not in str(person(1))
