"""The accessibility statement says what was found and said, and nothing more."""

from typing import Any

import pytest
from tests.unit.generation.records import editions, site

from shopwright.generation.pages.statement import NAME, conformance_of, draft

CONTACT = {"email": "a@shop.example", "phone": "+49 30 123"}
FOUND = {
    "date": "2026-11-20", "tools": {"axe-core": "4.14.1", "Lighthouse": "12.8.2"}, "pages": 1234,
    "locales": ["en", "de"], "standard": "WCAG 2.1 AA", "violations": 3, "known": ["<b>Videos</b> lack captions."],
}  # fmt: skip
SAID = {
    "conformance": "partial", "assessed": "2026-10-01", "assessor": "Audit Ltd", "response_days": 3,
    "email": "help@shop.example", "limitations": {"en": "<p>Old videos.</p>"},
    "enforcement": {"name": "The Office", "url": "https://office.example/?a=1&b=2"},
}  # fmt: skip


def page(found: dict[str, Any] | None = None, locale: str = "en", **settings: Any) -> tuple[str, list[dict[str, Any]]]:
    made = draft({"assessment": found}, editions(site(**settings)), locale)
    return str(made.values["content"]["body"]), made.values["content"]["facts"]


def test_without_results_nothing_is_claimed_and_no_day_is_named() -> None:
    body, facts = page()
    assert "Conformance has not been assessed" in body
    assert "Every page is checked automatically" in body
    assert "2026" not in body
    assert "conformant" not in body.replace("does not claim", "")
    assert facts == []
    assert "Feedback" not in body


def test_results_are_told_as_they_are() -> None:
    body, _ = page(FOUND)
    assert "This store is built to meet WCAG 2.1 AA. Its pages were checked automatically" in body
    for told in ("November 20, 2026", "1,234", "English, Deutsch", "Lighthouse 12.8.2, axe-core 4.14.1", ">3<"):
        assert told in body
    assert "<ul lang=en dir=ltr><li>&lt;b&gt;Videos&lt;/b&gt; lack captions.</li></ul>" in body


def test_what_people_found_is_told_with_who_and_when() -> None:
    body, facts = page(FOUND, accessibility=SAID, contact=CONTACT)
    assert "partially conformant with WCAG 2.1 AA" in body
    assert "<li>Assessed by: <bdi>Audit Ltd</bdi></li>" in body
    assert "October 1, 2026" in body
    assert "<p>Old videos.</p>" in body
    assert "We answer within 3 working days." in body
    assert [(fact["value"], fact["url"]) for fact in facts] == [
        ("help@shop.example", "mailto:help@shop.example"),
        ("+49 30 123", "tel:+4930123"),
        ("The Office", "https://office.example/?a=1&b=2"),
    ]


def test_the_text_holds_no_quote_that_could_end_an_attribute() -> None:
    body, _ = page({**FOUND, "known": ['"quoted"', "it's"]}, accessibility=SAID, contact=CONTACT)
    assert '"' not in body
    assert "'" not in body


@pytest.mark.parametrize(
    ("said", "found", "status"),
    [("full", None, "full"), ("full", FOUND, "partial"), ("full", {**FOUND, "violations": 0}, "full"),
     ("none", FOUND, "none"), (None, FOUND, None)],
)  # fmt: skip
def test_machines_can_take_a_claim_back_but_never_make_one(said: str, found: dict[str, Any], status: str) -> None:
    assert conformance_of({"conformance": said}, found) == status


def test_it_is_an_information_page_in_every_language() -> None:
    among = editions(site())
    made = draft({"assessment": None}, among, "de")
    assert (made.kind, made.title) == ("content", "Erklärung zur Barrierefreiheit")
    assert made.urls["de"] == f"/de/{NAME}/"
    assert made.crumbs == (("Barrierefreiheit", "/de/accessibility/"),)
    assert {"title": "Accessibility", "url": "/accessibility/"} in among["en"].context["information"]
    hidden = editions(site(accessibility={"statement": False}))
    assert hidden["en"].context["information"] == []
