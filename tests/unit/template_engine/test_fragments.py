"""Parts of pages that are kept."""

import pytest
from markupsafe import Markup

from shopwright.errors import RenderLimitHit
from shopwright.template_engine import fragments as module
from shopwright.template_engine.fragments import Fragments

CARD = {"revision": "r1", "title": "Luna", "price": {"amount": 1}}


class Meter:
    """Counts, and stops at a limit."""

    def __init__(self, limit=10_000):
        self.spent = 0
        self.limit = limit

    def charge(self, units, what):
        self.spent += units
        if self.spent > self.limit:
            raise RenderLimitHit(what)


class Kitchen:
    """Makes parts that cost fuel, and counts how often."""

    def __init__(self, meter=None):
        self.meter = meter
        self.made = 0

    def __call__(self):
        self.made += 1
        if self.meter:
            self.meter.charge(7, "rendering")
        return Markup(f"<i>{self.made}</i>")


def test_a_fragment_is_made_once():
    kept, make = Fragments(None), Kitchen()
    assert [kept.fragment("_a.html", make) for _ in range(3)] == ["<i>1</i>"] * 3
    assert kept.fragment("_b.html", make) == "<i>2</i>"


@pytest.mark.parametrize("meter", [None, Meter()])
def test_a_card_is_made_once_for_each_way_it_is_shown(meter):
    kept, make = Fragments(meter), Kitchen(meter)
    shown = [kept.card(dict(CARD), eager, make) for eager in (False, True, False, True)]
    assert shown == ["<i>1</i>", "<i>2</i>", "<i>1</i>", "<i>2</i>"]


@pytest.mark.parametrize(
    "other",
    [
        {**CARD, "title": "Sol"},
        {**CARD, "price": {"amount": 1.0}},
        {**CARD, "price": {"amount": True}},
        {**CARD, "x": None},
    ],
)
def test_a_revision_alone_proves_nothing(other):
    kept, make = Fragments(None), Kitchen()
    kept.card(CARD, False, make)
    assert kept.card(other, False, make) == "<i>2</i>"


@pytest.mark.parametrize("card", [{"title": "x"}, {"revision": 3}, {**CARD, "title": Markup("<b>")}, {**CARD, 1: 2}])
def test_what_is_no_plain_card_with_a_revision_is_never_kept(card):
    kept, make = Fragments(None), Kitchen()
    assert [kept.card(card, False, make) for _ in range(2)] == ["<i>1</i>", "<i>2</i>"]


def test_markup_is_never_taken_for_the_plain_text_of_the_same_letters():
    kept, make = Fragments(None), Kitchen()
    kept.card({**CARD, "title": Markup("<b>")}, False, make)
    assert kept.card({**CARD, "title": "<b>"}, False, make) == "<i>2</i>"


def test_a_card_is_not_taken_for_a_fragment_of_its_revisions_name():
    kept, make = Fragments(None), Kitchen()
    kept.card({"revision": "_footer.html"}, False, make)
    assert kept.fragment("_footer.html", make) == "<i>2</i>"


def test_what_is_shown_again_costs_what_it_cost():
    meter = Meter()
    kept, make = Fragments(meter), Kitchen(meter)
    spent = []
    for _ in range(3):
        before = meter.spent
        kept.card(CARD, False, make)
        kept.fragment("_a.html", make)
        spent.append(meter.spent - before)
    assert (spent, make.made) == ([14, 14, 14], 2)


def test_a_kept_part_cannot_be_had_without_fuel():
    meter = Meter(limit=20)
    kept, make = Fragments(meter), Kitchen(meter)
    kept.fragment("_a.html", make)
    kept.fragment("_a.html", make)
    with pytest.raises(RenderLimitHit):
        kept.fragment("_a.html", make)


def test_what_failed_is_not_kept():
    kept, make = Fragments(None), Kitchen()

    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kept.fragment("_a.html", fail)
    assert kept.fragment("_a.html", make) == "<i>1</i>"


@pytest.mark.parametrize(("name", "most"), [("CARDS_KEPT", 2), ("CHARACTERS_KEPT", 130)])
def test_what_is_kept_is_bounded_in_number_and_size(monkeypatch, name, most):
    monkeypatch.setattr(module, name, most)
    kept, make = Fragments(None), Kitchen()
    for number in range(20):
        kept.card({**CARD, "revision": f"r{number}"}, False, make)
    assert len(kept._kept) <= 2
    assert kept._characters <= max(most, 130)
