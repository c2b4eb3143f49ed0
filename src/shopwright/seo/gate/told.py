"""What a tag tells by itself, worked out once for each way it is written: its facts, and its kind."""

from functools import lru_cache
from typing import NamedTuple

from shopwright.seo.gate.facts import facts_of
from shopwright.seo.gate.tag import Fact, Tag, read_tag
from shopwright.seo.gate.tag_rules import broken_by

REMEMBERED = 8_192
"""Tags that are remembered: stores repeat most of theirs on every page."""
LONG = 1_024
"""Characters of a tag that is not remembered: lists of pictures, which few pages share."""

Kind = tuple[object, ...]


class Told(NamedTuple):
    """A tag as it is written, its facts (what it breaks among them), and its kind.

    Two tags of one kind mean the same for what stands around them: where they may stand, what they open and end, what
    they add to the names of what holds them.
    """

    tag: Tag
    facts: tuple[Fact, ...]
    kind: Kind


def _told(source: str) -> Told:
    tag = read_tag(source)
    if tag.ends:
        return Told(tag, tuple(("found", fault) for fault in tag.faults), (tag.name,))
    found: list[Fact] = [("found", broken) for broken in broken_by(tag)]
    return Told(tag, (*found, *facts_of(tag)), _kind(tag))


def _kind(tag: Tag) -> Kind:
    named = tag.attributes
    does = (
        tag.closed,
        tag.hides,
        tag.removed,
        tag.is_link,
        tag.is_control,
        tag.is_field,
        tag.takes_focus,
        bool(tag.label),
    )
    return (tag.name, does, named.get("role", ""), bool(named.get("alt", "").strip()), "aria-label" in named)


_remembered = lru_cache(maxsize=REMEMBERED)(_told)


def told_by(source: str) -> Told:
    """What the tag tells that ``source``, from ``<`` to ``>``, is."""
    return _remembered(source) if len(source) <= LONG else _told(source)
