import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.audit.search import Place, Wanted, read_place
from shopwright.errors import AuditLogError

AT = dt.datetime(2026, 11, 23, 9, 30, 0, 123_000, dt.UTC)


def test_an_action_or_the_subject_of_several():
    assert Wanted(action="catalog.import").actions == ("catalog.import",)
    assert set(Wanted(action="release").actions) == {"release.publish", "release.rollback", "release.forget"}


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"action": "catalog.burn"}, "'catalog.burn': no event has this action"),
        ({"action": "x" * 999}, "no event has this action"),
        ({"actor": "x" * 256}, "actor or target: it has more than 255 characters"),
        ({"since": dt.datetime(2026, 1, 1)}, "since or until: a time without an offset"),  # noqa: DTZ001
    ],
)
def test_what_no_event_can_have(wanted, message):
    with pytest.raises(AuditLogError, match=message):
        Wanted(**wanted)


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({}, True),
        ({"actor": "u7"}, True),
        ({"actor": "u8"}, False),
        ({"action": "catalog"}, True),
        ({"action": "release"}, False),
        ({"target": "store/luna"}, True),
        ({"target": "store/mars"}, False),
        ({"actor": "u7", "action": "catalog.edit", "target": "store/luna"}, True),
    ],
)
def test_what_is_wanted(wanted, fits):
    assert Wanted(**wanted).fits("u7", "catalog.edit", "store/luna") is fits


def test_a_place_and_its_text():
    place = Place(AT, 7)
    assert read_place(str(place)) == place


@given(st.text() | st.from_regex(r"\d{1,20}-\d{1,20}", fullmatch=True))
def test_any_text_is_a_place_or_refused(text):
    try:
        place = read_place(text)
    except AuditLogError as error:
        place, refused = None, str(error)
    assert read_place(str(place)) == place if place else "it is no place in a search" in refused
