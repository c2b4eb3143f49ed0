"""The accessibility statement: the parts the W3C's generator has, filled from what was really checked and said.

It never claims more than its inputs: conformance is what people assessed (``accessibility`` of ``store.yaml``), results
are those of ``accessibility.json``, and without either it says what every build checks.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup

from shopwright.catalog.rich_text import plain_text
from shopwright.generation.edition import Edition
from shopwright.generation.pages.draft import Draft, Editions, breadcrumb_thing, urls_of
from shopwright.seo.snippet import fitted
from shopwright.template_engine.formats import format_day, format_number, language_name
from shopwright.template_engine.rich import rich_markup

Json = dict[str, Any]

NAME = "accessibility"
"""The page's address below home, and its name among the information pages."""
STANDARD = "WCAG 2.2 AA"
"""What stores are built for, unless the assessment names another standard."""

CHECKED = ("language", "headings", "landmarks", "labels", "alternatives", "contrast", "ids")
"""What the gate looks for on every page of every build, as ``statement.checked.*`` say it."""
_TECHNOLOGIES = ("HTML", "CSS", "JavaScript", "WAI-ARIA")

_SECTION = Markup("<h2>{}</h2>{}")
_PARAGRAPH = Markup("<p>{}</p>")
_LIST = Markup("<ul>{}</ul>")
_ITEM = Markup("<li>{}</li>")
_FACT = Markup("<li>{}: <bdi>{}</bdi></li>")
_IN_ENGLISH = Markup("<ul lang=en dir=ltr>{}</ul>")  # rich text has no quote characters (template_engine/rich.py)


def conformance_of(accessibility: Json, assessment: Json | None) -> str | None:
    """What people found, unless what machines found contradicts it: ``full`` with violations is ``partial``."""
    said: str | None = accessibility["conformance"]
    return "partial" if said == "full" and assessment and assessment["violations"] else said


def draft(job: Json, editions: Editions, locale: str) -> Draft:
    """The page in one locale; ``job["assessment"]`` is the content of ``accessibility.json``, or none."""
    edition = editions[locale]
    urls = urls_of(editions, lambda each: each.addresses.page(NAME))
    title, name = edition.say("statement.title"), edition.site.store["name"]
    crumbs = ((edition.page_title(NAME), urls[locale]),)
    statement = Statement(edition, job["assessment"])
    body = statement.body()
    return Draft(
        kind="content",
        title=title,
        urls=urls,
        head_title=edition.say("seo.collection_title", title=title, name=name),
        description=fitted(plain_text(str(body))),
        values={"content": {"body": body, "lang": None, "facts": statement.facts()}},
        crumbs=crumbs,
        things=(breadcrumb_thing(edition, crumbs),),
    )


class Statement:
    """The statement of one store in one locale."""

    def __init__(self, edition: Edition, assessment: Json | None) -> None:
        self._edition = edition
        self._said: Json = edition.site.store["accessibility"]
        self._found = assessment
        self._standard = assessment["standard"] if assessment else STANDARD

    def body(self) -> Markup:
        """The statement's text. Whom to write to follows as ``facts``."""
        sections = {
            "conformance": self._conformance(),
            "limitations": self._limitations(),
            "technology": self._paragraph("relies_on", technologies=", ".join(_TECHNOLOGIES)),
            "assessment": self._assessment(),
            "feedback": self._feedback(),
        }
        shown = (_SECTION.format(self._say(key), section) for key, section in sections.items() if section)
        return _joined([self._paragraph("intro", name=self._edition.site.store["name"]), *shown])

    def facts(self) -> list[Json]:
        """Whom shoppers write to, and whom they can turn to after that."""
        contact = self._edition.site.store["contact"]
        email, phone = self._said["email"] or contact["email"], self._said["phone"] or contact["phone"]
        beyond = self._said["enforcement"] or {"name": None, "url": None}
        known = (
            (self._edition.say("imprint.email"), email, f"mailto:{email}"),
            (self._edition.say("imprint.phone"), phone, f"tel:{(phone or '').replace(' ', '')}"),
            (self._say("enforcement_body"), beyond["name"], beyond["url"]),
        )
        return [{"label": label, "value": value, "url": url} for label, value, url in known if value]

    def _say(self, key: str, **values: object) -> str:
        return self._edition.say(f"statement.{key}", **values)

    def _paragraph(self, key: str, **values: object) -> Markup:
        return _PARAGRAPH.format(self._say(key, **values))

    def _conformance(self) -> Markup:
        status = conformance_of(self._said, self._found) or ("checked" if self._found else "unknown")
        return self._paragraph("guidelines") + self._paragraph(f"status.{status}", standard=self._standard)

    def _limitations(self) -> Markup:
        own = rich_markup(self._edition.text(self._said["limitations"]))
        known = self._found["known"] if self._found else ()
        return _joined([own, _IN_ENGLISH.format(_joined(map(_ITEM.format, known)))] if known else [own])

    def _assessment(self) -> Markup:
        checked = _joined(_ITEM.format(self._say(f"checked.{name}")) for name in CHECKED)
        measured = _joined(_FACT.format(self._say(key), value) for key, value in self._measured())
        parts = [self._paragraph("every_build"), _LIST.format(checked)]
        return _joined([*parts, self._paragraph("results"), _LIST.format(measured)] if measured else parts)

    def _measured(self) -> Iterator[tuple[str, str]]:
        said, found, locale = self._said, self._found, self._edition.locale
        if said["assessed"]:
            yield "assessed", format_day(said["assessed"], locale)
        if said["assessor"]:
            yield "assessor", said["assessor"]
        if found:
            yield "standard", found["standard"]
            yield "date", format_day(found["date"], locale)
            yield "pages", format_number(found["pages"], 0, locale)
            if found["locales"]:
                yield "languages", ", ".join(map(language_name, found["locales"]))
            yield "tools", ", ".join(f"{name} {version}" for name, version in sorted(found["tools"].items()))
            yield "violations", format_number(found["violations"], 0, locale)

    def _feedback(self) -> Markup:
        parts = []
        if self.facts():
            parts.append(self._paragraph("tell"))
        if parts and self._said["response_days"]:
            parts.append(self._paragraph("response", count=self._said["response_days"]))
        if self._said["enforcement"]:
            parts.append(self._paragraph("enforcement"))
        return _joined(parts)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
