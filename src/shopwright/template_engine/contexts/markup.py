"""Reads a piece of a template's HTML from one spot to the next, as the WHATWG tokenizer would, and stricter."""

import re
from collections.abc import Callable
from dataclasses import replace

from shopwright.template_engine.contexts import addresses, elements
from shopwright.template_engine.contexts.attributes import Use, refusing_rule, use_of
from shopwright.template_engine.contexts.spot import LOST, Phase, Place, Spot

Note = Callable[[str, int, str], None]
"""Called with a rule, where in the piece it is broken, and what is not allowed."""

_SPACE = " \t\n\f\r"
_SPACES = re.compile(rf"[{_SPACE}]+")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_ATTRIBUTE = re.compile(r"[A-Za-z][\w.:-]*", re.ASCII)
_EQUALS = re.compile(rf"[{_SPACE}]*=[{_SPACE}]*")
_UNQUOTED = re.compile(rf"[^\"'=<>`{_SPACE}]+(?=[{_SPACE}>])")
_END_TAG = re.compile(rf"</([A-Za-z][A-Za-z0-9-]*)[{_SPACE}]*>")
_EMPTY_SCRIPT = re.compile(rf"[{_SPACE}]*</script[{_SPACE}]*>", re.IGNORECASE | re.ASCII)  # else ſ is an s
_COMMENT = re.compile(r"<!--(?![->])(?:[^-<>]|-(?!-))*-->")
_DOCTYPE = re.compile(r"<!doctype html>", re.IGNORECASE | re.ASCII)

_SAY = {Use.ADDRESS: addresses.say_address, Use.FILE: addresses.say_file, Use.NAME: addresses.say_name}
_BAD_BEGINNING = {Use.ADDRESS: "scheme", Use.FILE: "file", Use.NAME: "prefix"}


def read(text: str, spot: Spot, note: Note) -> Spot:
    """The spot after ``text``, which begins at ``spot``; LOST once it is not certain, which was noted then."""
    return _Piece(text, note).read(spot)


Step = tuple[Spot, int]


class _Piece:
    """One run of a template's HTML between expressions or statements."""

    def __init__(self, text: str, note: Note) -> None:
        self._text = text
        self._note = note

    def read(self, spot: Spot) -> Spot:
        at = 0
        readers = {
            Place.TEXT: self._in_text,
            Place.RCDATA: self._in_rcdata,
            Place.TAG: self._in_tag,
            Place.GLUED: self._glued,
            Place.VALUE: self._in_value,
        }
        while at < len(self._text) and spot.place is not Place.LOST:
            spot, at = readers[spot.place](spot, at)
        return spot

    def _lost(self, rule: str, at: int, what: str) -> Step:
        self._note(rule, at, what)
        return LOST, at

    def _in_text(self, spot: Spot, at: int) -> Step:
        text = self._text
        begin = text.find("<", at)
        if begin < 0:
            return spot, len(text)
        whole = _DOCTYPE.match(text, begin) or _COMMENT.match(text, begin)
        if whole:
            return spot, whole.end()
        end_tag = _END_TAG.match(text, begin)
        if end_tag:
            return self._end_tag(spot, end_tag)
        name = _NAME.match(text, begin + 1)
        if name:
            return self._start_tag(spot, name)
        if text.startswith("<!--", begin):
            return self._lost("comment", begin, "a comment is not closed before the next {{ or {%, or holds -- < or >.")
        return self._lost("tag", begin, f"{text[begin : begin + 12]!r} does not begin a tag that is certain.")

    def _start_tag(self, spot: Spot, name: re.Match[str]) -> Step:
        element = name.group().lower()
        rule = elements.REFUSED.get(element)
        if rule is None and not elements.is_known(element, spot.svg > 0):
            rule = "element"
        if rule is not None:
            self._note(rule, name.start(), f"the element {element!r} is not allowed here.")
        if element in elements.RAW:
            return LOST, name.end()
        return replace(spot, place=Place.GLUED, element=element), name.end()

    def _end_tag(self, spot: Spot, tag: re.Match[str]) -> Step:
        element = tag[1].lower()
        if element == "svg" and spot.svg > 0:
            return replace(spot, svg=spot.svg - 1), tag.end()
        if element == "svg" or (spot.svg > 0 and element not in elements.SVG):
            return self._lost("element", tag.start(), f"{tag.group()!r} ends nothing that is open here.")
        return spot, tag.end()

    def _in_rcdata(self, spot: Spot, at: int) -> Step:
        begin = self._text.find("<", at)
        if begin < 0:
            return spot, len(self._text)
        end_tag = _END_TAG.match(self._text, begin)
        if end_tag and end_tag[1].lower() == spot.element:
            return Spot(Place.TEXT, svg=spot.svg), end_tag.end()
        return self._lost("raw-text", begin, f"in {spot.element!r}, a < is not the beginning of its end tag.")

    def _glued(self, spot: Spot, at: int) -> Step:
        if self._text[at] in _SPACE or self._text[at] in "/>":
            return replace(spot, place=Place.TAG), at
        return self._lost("tag", at, f"in the tag {spot.element!r}, a space is missing before {self._text[at]!r}.")

    def _in_tag(self, spot: Spot, at: int) -> Step:
        text = self._text
        spaces = _SPACES.match(text, at)
        if spaces:
            return spot, spaces.end()
        if text[at] == ">":
            return self._close(spot, at + 1, closes_itself=False)
        if text.startswith("/>", at):
            return self._close(spot, at + 2, closes_itself=True)
        name = _ATTRIBUTE.match(text, at)
        if name is None:
            return self._lost("tag", at, f"in the tag {spot.element!r}, {text[at]!r} does not begin an attribute.")
        return self._attribute(spot, name)

    def _close(self, spot: Spot, at: int, closes_itself: bool) -> Step:
        """After a start tag's ``>``. Only the elements of svg close themselves, whatever a slash says elsewhere."""
        element, svg = spot.element, spot.svg
        if closes_itself and (svg or element == "svg"):
            return Spot(Place.TEXT, svg=svg), at
        if element == "script":
            empty = _EMPTY_SCRIPT.match(self._text, at)
            if empty is None:
                return self._lost("script", at, "a script stands in the page.")
            return Spot(Place.TEXT, svg=svg), empty.end()
        if element in elements.RCDATA:
            return Spot(Place.RCDATA, element, svg=svg), at
        return Spot(Place.TEXT, svg=svg + (element == "svg")), at

    def _attribute(self, spot: Spot, name: re.Match[str]) -> Step:
        attribute, text = name.group().lower(), self._text
        rule = refusing_rule(attribute)
        if rule is not None:
            self._note(rule, name.start(), f"the attribute {attribute!r} is not allowed.")
        equals = _EQUALS.match(text, name.end())
        if equals is None:
            return replace(spot, place=Place.GLUED), name.end()
        at = equals.end()
        value = replace(spot, place=Place.VALUE, attribute=attribute, phase=Phase.START, said="")
        if text[at : at + 1] in ('"', "'"):
            return replace(value, quote=text[at]), at + 1
        unquoted = _UNQUOTED.match(text, at)
        if unquoted is None:
            return self._lost("unquoted", at, f"the value of {attribute!r} is not in quotes.")
        return self._end_value(self._say(value, unquoted.group(), at)), unquoted.end()

    def _in_value(self, spot: Spot, at: int) -> Step:
        end = self._text.find(spot.quote, at)
        part = self._text[at : end if end >= 0 else None]
        if "<" in part:
            return self._lost(
                "tag", at, f"in the value of {spot.attribute!r} stands a <: is the quote before it closed?"
            )
        spot = self._say(spot, part, at)
        return (self._end_value(spot), end + 1) if end >= 0 else (spot, len(self._text))

    def _say(self, spot: Spot, part: str, at: int) -> Spot:
        use = use_of(spot.element, spot.attribute)
        say = _SAY.get(use)
        if say is None:
            return spot
        said = say(spot.phase, spot.said, part)
        if said is None:
            self._note(_BAD_BEGINNING[use], at, f"the value of {spot.attribute!r} must not go on with {part[:40]!r}.")
            said = (Phase.OPEN, "")
        return replace(spot, phase=said[0], said=said[1])

    @staticmethod
    def _end_value(spot: Spot) -> Spot:
        return Spot(Place.GLUED, spot.element, svg=spot.svg)
