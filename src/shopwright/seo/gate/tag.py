"""One tag as it is written: its name, its attributes, and what kind of thing it is wherever it stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from shopwright.seo.gate.elements import FIELDS, NAMED_BY_CONTENT, NOT_TYPED

Fact = tuple[str, object]
"""Something a page says: a kind and a value. What kinds there are: ``facts.py``."""

_BLANK = r"[ \t\n\f\r]"
_NAME = re.compile(r"</?([a-zA-Z][^ \t\n\f\r/>]*+)")
_ATTRIBUTE = re.compile(rf"""({_BLANK}*+)([^\s"'<>/=]++)(?:{_BLANK}*+={_BLANK}*+("[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?""")
_PAIR = re.compile(r"""([^\s"'<>/=]++)(?:="([^"]*+)")?+""")
_USUAL = re.compile(rf"(?:{_BLANK}++{_PAIR.pattern})*+{_BLANK}*+")
_CONTROLS = frozenset({"button", "select", "textarea", "iframe", "embed", "details", "summary"})


@dataclass(slots=True, eq=False)  # not frozen: that takes three times as long to make
class Tag:
    """A start or end tag, which nobody changes. ``attributes`` have names in lower case and values without references.

    ``closed`` tells of ``/>``, ``faults`` are (rule, what was found), ``label`` is the name that an author gave.
    ``is_control`` is interactive content (HTML Standard, 3.2.5.2.7), ``takes_focus`` what a keyboard reaches,
    ``is_field`` what needs a label, ``hides`` what keeps assistive technology from what it holds,
    ``removed`` what keeps everybody from it.
    """

    source: str
    name: str
    ends: bool
    closed: bool
    attributes: Mapping[str, str]
    faults: tuple[tuple[str, str], ...]
    label: str
    hides: bool
    removed: bool
    is_link: bool
    is_field: bool
    is_control: bool
    takes_focus: bool

    def shown(self) -> str:
        """The tag for a message: its beginning, on one line."""
        text = " ".join(self.source.split())
        return text if len(text) <= 100 else text[:99] + "…"


def read_tag(source: str) -> Tag:
    """The tag that ``source``, from ``<`` to ``>``, is."""
    name = _NAME.match(source)
    assert name is not None  # noqa: S101 - the tokenizer gives nothing else
    closed, ends = source.endswith("/>"), source.startswith("</")
    inner = source[name.end() : -2 if closed else -1]
    attributes = _usual(inner)
    faults: tuple[tuple[str, str], ...] = ()
    if attributes is None:
        attributes = {}
        faults = tuple(dict.fromkeys(_attributes(inner, attributes)))
    if ends and attributes:
        faults = (*faults, ("html-syntax", f"attributes on {source[:60]}"))
    return _tag(source, name[1].lower(), ends=ends, closed=closed, attributes=attributes, faults=faults)


def _tag(
    source: str,
    name: str,
    *,
    ends: bool,
    closed: bool,
    attributes: Mapping[str, str],
    faults: tuple[tuple[str, str], ...],
) -> Tag:
    kind = attributes.get("type", "text").lower() if name == "input" else ""
    link = name in ("a", "area") and "href" in attributes
    control = link or name in _CONTROLS or (name == "input" and kind != "hidden")
    reachable = (control and name != "details") or "tabindex" in attributes
    return Tag(
        source,
        name,
        ends,
        closed,
        attributes,
        faults,
        label=(
            attributes.get("aria-label") or attributes.get("aria-labelledby") or attributes.get("title") or ""
        ).strip(),
        hides=attributes.get("aria-hidden") == "true",
        removed=attributes.get("hidden", "until-found") != "until-found" or "inert" in attributes,
        is_link=link,
        is_field=name in FIELDS and kind not in NOT_TYPED,
        is_control=control,
        takes_focus=reachable and not attributes.get("tabindex", "").startswith("-") and "disabled" not in attributes,
    )


def _usual(inner: str) -> dict[str, str] | None:
    """Attributes that are written as almost all are, in double quotes and each once; none if some are not."""
    if _USUAL.fullmatch(inner) is None:
        return None
    pairs = _PAIR.findall(inner)
    attributes = {name.lower(): value for name, value in pairs}
    if "&" in inner:
        attributes = {name: unescape(value) for name, value in attributes.items()}
    return attributes if len(attributes) == len(pairs) else None


def _attributes(inner: str, into: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Read attributes into a dictionary; the first of two counts. Gives the faults of how they are written."""
    position, end = 0, len(inner.rstrip())
    while position < end:
        found = _ATTRIBUTE.match(inner, position)
        if found is None:
            yield "html-syntax", f"{inner[position : position + 40]!r} is no attribute"
            return
        blank, name, value = found.groups()
        if not blank:
            yield "html-syntax", f"no blank before the attribute {name[:40]!r}"
        name = name.lower()
        if name in into:
            yield "double-attribute", name[:60]
        else:
            into[name] = _value(value)
        position = found.end()


def _value(written: str | None) -> str:
    if written is None:
        return ""
    text = written[1:-1] if written[0] in "\"'" else written
    return unescape(text) if "&" in text else text


@lru_cache(maxsize=1_024)
def plain_tag(name: str, hides: bool, is_link: bool, removed: bool = False) -> Tag:
    """What matters of an open element on later lines: any two of the same kind are one there."""
    attributes = {"href": ""} if is_link else {}
    if removed:
        attributes["hidden"] = ""
    if hides:
        attributes["aria-hidden"] = "true"
    return _tag(f"<{name}>", name, ends=False, closed=False, attributes=attributes, faults=())


def kept(tag: Tag) -> Tag:
    """A tag as it is kept open from one line to the next: whole where its name is still to be judged."""
    return tag if tag.name in NAMED_BY_CONTENT else plain_tag(tag.name, tag.hides, tag.is_link, tag.removed)
