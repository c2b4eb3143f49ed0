import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.seo.gate.enumerated import wrong_words


def wrong(element, **attributes):
    return list(wrong_words(element, attributes))


@pytest.mark.parametrize(
    ("element", "attributes"),
    [
        ("input", {"type": "SEARCH", "inputmode": "numeric"}),
        ("input", {}),
        ("button", {"type": "submit"}),
        ("a", {"type": "whatever"}),
        ("link", {"crossorigin": ""}),
        ("p", {"hidden": ""}),
        ("div", {"popover": " Manual "}),
        ("form", {"method": "dialog"}),
        ("time", {"datetime": "2026-11-24"}),
        ("time", {"datetime": "2026-11-24T04:00Z"}),
        ("time", {"datetime": "2026-11-24 04:00:30.5+01:00"}),
        ("time", {"datetime": "P3DT4H"}),
        ("time", {}),
        ("ins", {"datetime": "yesterday"}),
    ],
)
def test_words_that_are_known(element, attributes):
    assert wrong(element, **attributes) == []


@pytest.mark.parametrize(
    ("element", "attributes", "said"),
    [
        ("input", {"type": "fon"}, 'type="fon" on input'),
        ("button", {"type": ""}, 'type="" on button'),
        ("form", {"method": ""}, 'method="" on form'),
        ("th", {"scope": "column"}, 'scope="column" on th'),
        ("script", {"crossorigin": "yes"}, 'crossorigin="yes" on script'),
        ("time", {"datetime": "24.11.2026"}, 'datetime="24.11.2026" on time'),
        ("time", {"datetime": "x" * 500}, f'datetime="{"x" * 40}" on time'),
    ],
)
def test_words_that_are_not(element, attributes, said):
    assert wrong(element, **attributes) == [said]


@given(st.sampled_from(["input", "button", "time", "form"]), st.dictionaries(st.text(max_size=9), st.text(max_size=90)))
def test_any_attributes_are_answered_briefly(element, attributes):
    assert all(len(said) < 90 for said in wrong_words(element, attributes))
