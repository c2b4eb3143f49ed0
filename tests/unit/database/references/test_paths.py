from hypothesis import given
from hypothesis import strategies as st

from shopwright.database.references.paths import values_at, without

PICTURES = {"pictures": [{"source": "a"}, {"source": "b"}, {"alt": "no source"}], "logo": {"source": "a"}}


def test_values_stand_in_fields_lists_and_things_of_lists():
    assert list(values_at({"product": "aria"}, "product")) == ["aria"]
    assert list(values_at({"collections": ["a", "b"]}, "collections")) == ["a", "b"]
    assert list(values_at(PICTURES, "pictures.source")) == ["a", "b"]
    assert list(values_at(PICTURES, "logo.source")) == ["a"]


def test_what_is_missing_or_null_names_nothing():
    assert list(values_at({"product": None}, "product")) == []
    assert list(values_at({}, "product.handle")) == []
    assert list(values_at({"product": "text"}, "product.handle")) == []
    assert list(values_at({"collections": [None, "a"]}, "collections")) == ["a"]


def test_a_value_leaves_what_named_it():
    assert without({"product": "aria"}, "product", "aria") == {"product": None}
    assert without({"product": "luna"}, "product", "aria") == {"product": "luna"}
    assert without({"collections": ["a", "b", "a"]}, "collections", "a") == {"collections": ["b"]}
    assert without(PICTURES, "pictures.source", "a") == {"pictures": [{"source": "b"}, {"alt": "no source"}]}
    assert without(PICTURES, "logo.source", "a") == {"logo": {"source": None}}
    assert without({}, "logo.source", "a") == {"logo": None}


names = st.sampled_from(["a", "b", "c"])
documents = st.fixed_dictionaries(
    {
        "one": st.none() | names,
        "many": st.lists(names),
        "things": st.lists(st.dictionaries(names, st.none() | names | st.lists(names))),
    }
)


@given(documents, st.sampled_from(["one", "many", "things.a", "things.b"]), names)
def test_afterwards_the_value_is_gone_and_no_other(document, path, gone):
    """A thing of a list leaves whole, so only lists of plain values keep exactly the others."""
    before = list(values_at(document, path))
    after = list(values_at({**document, **without(document, path, gone)}, path))
    assert gone not in after
    assert set(after) <= set(before)
    if path in ("one", "many"):
        assert after == [value for value in before if value != gone]
