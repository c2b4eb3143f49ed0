"""The elements that are open at a place of a page, and every rule on what may stand there."""

from collections import Counter
from collections.abc import Iterable
from html import unescape
from typing import NamedTuple

from shopwright.seo.gate import elements as html
from shopwright.seo.gate.places import misplaced
from shopwright.seo.gate.scripts import is_waited_for, script_facts
from shopwright.seo.gate.tag import Fact, Tag, kept
from shopwright.seo.gate.text_rules import broken_by_text, is_part, is_plain
from shopwright.seo.gate.tokens import Doctype, Held, Token, Wrong
from shopwright.seo.gate.told import Told

_SAID = 300
"""Characters of an element's text that are kept for its name."""
_CONSTANT = frozenset({"heading", "table", "th", "body"})
"""Facts that the kind of a tag gives."""
_BLANK = "\ufeff \t\n\f\r"
"""What may stand before and after a document: a byte order mark, too."""
_MOST_BROKEN = 100
"""How often a rule is told to be broken on one line."""
_MOST_NAMED = 8
"""Elements around a text whose names it is part of: more than any page has, a heading in a link in a label."""
_DEPTH = 256
"""How deep elements may stand: half of what browsers build at most; what is kept of a line grows with it."""
_READ = html.KNOWN | html.READ_OTHERWISE


class Open(NamedTuple):
    """An element that is open: its tag, and, where its text is its name, what it has said and shown so far."""

    tag: Tag
    said: str = ""
    pictured: tuple[str, ...] = ()


class OpenElements:
    """Takes tokens one by one.

    ``told`` grows by what tags tell by themselves, ``facts`` by what follows from where things stand; a ``found`` fact
    is (rule, what was found).
    """

    def __init__(self, still_open: Iterable[Open]) -> None:
        self._open = list(still_open)
        self.facts: list[Fact] = []
        self.told: list[Fact] = []
        self._worded = False
        self._times: Counter[str] = Counter()
        self._template = sum(each.tag.name == "template" for each in self._open)
        self._hidden = sum(each.tag.hides for each in self._open)
        self._foreign = sum(each.tag.name in html.FOREIGN for each in self._open)
        self._naming = sum(each.tag.name in html.NAMED_BY_CONTENT for each in self._open)

    def still_open(self) -> tuple[Open, ...]:
        """The elements that are open now, as they matter later."""
        return tuple([each if (tag := kept(each.tag)) is each.tag else each._replace(tag=tag) for each in self._open])

    def is_shape(self) -> bool:
        """Whether anything with tags of the same kinds, and words at the same places, has the same ``facts``."""
        constant = all(kind in _CONSTANT for kind, _ in self.facts)
        return constant and not (self._worded or self._template or self._naming)

    def broken(self, rule: str, what: str) -> None:
        """Note a rule that is broken here; so often that nobody reads on, it is only counted."""
        self._times[rule] += 1
        if self._times[rule] <= _MOST_BROKEN:
            self.facts.append(("found", (rule, what)))

    def take(self, token: Token) -> None:
        """The next token."""
        if type(token) is Told:
            self._end(token) if token.tag.ends else self._start(token)
        elif type(token) is str:
            self._text(token)
        elif type(token) is Held:
            self._held(token.text)
        elif type(token) is Doctype:
            self.facts.append(("doctype", token.text))
        elif type(token) is Wrong:
            self.broken("html-syntax", f"{token.text!r} is no tag")

    def finish(self) -> None:
        """The page ends here."""
        for each in self._open:
            if each.tag.name not in html.OPTIONAL_END:
                self.broken("unclosed", each.tag.shown())

    # Text

    def _text(self, text: str) -> None:
        if text.isspace():
            return
        if not is_plain(text):
            for rule, what in broken_by_text(text):
                self.broken(rule, what)
        if self._naming and ("&" not in text or not unescape(text).isspace()):
            self._say(text)
        if not self._open and text.strip(_BLANK):
            self.broken("html-syntax", f"text outside of the document: {text.strip()[:60]!r}")
        if self._open and not self._foreign:
            self._place_of_text(text.strip())

    def _place_of_text(self, text: str) -> None:
        parent = self._open[-1].tag.name
        if parent in html.MOVED_OUT:
            self.broken("bad-nesting", f"text in {parent}: {text[:60]!r}")
        elif parent in html.HOLDS:
            self.broken("content-model", f"text in {parent}: {text[:60]!r}")

    def _held(self, text: str) -> None:
        tag = self._open[-1].tag
        if self._foreign and "<" in text:
            self.broken("html-syntax", f"{tag.shown()} in a drawing holds markup")
        if tag.name in ("script", "style"):
            self.facts.extend(script_facts(tag, text))
        else:
            self._say(text)
            for rule, what in broken_by_text(text):
                self.broken(rule, what)

    def _say(self, text: str) -> None:
        """Add to the names of what is open."""
        if self._hidden or not self._open:
            return
        left = min(self._naming, _MOST_NAMED)
        for place in range(len(self._open) - 1, max(len(self._open) - _DEPTH, -1), -1):
            each = self._open[place]
            if each.tag.name in html.NAMED_BY_CONTENT and left:
                left -= 1
                if len(each.said) < _SAID:
                    self._open[place] = each._replace(said=f"{each.said} {text.strip()}".strip()[:_SAID])

    def _show(self, words: str) -> None:
        """Note the text of a picture in what is open."""
        self._worded = True
        for place, each in enumerate(self._open):
            if each.tag.name in html.NAMED_BY_CONTENT and not self._hidden:
                self._open[place] = each._replace(pictured=(*each.pictured[:20], words[:_SAID]))

    # Start tags

    def _start(self, told: Told) -> None:
        tag = told.tag
        if len(self._open) >= _DEPTH and tag.name not in html.RAW:
            self.told.extend(told.facts)
            self._push(tag)
            return
        if tag.name in html.READ_OTHERWISE and not (self._foreign and tag.name == "image"):
            self.broken("html-syntax", f"{tag.shown()} is obsolete, and read in other ways")
        if not self._foreign:
            self._end_implied(tag)
            self._place(tag)
        elif tag.name in html.BREAKS_OUT and self._open[-1].tag.name not in html.HOLDS_HTML and self._in_drawing():
            self.broken("bad-nesting", f"{tag.shown()} ends the drawing it stands in")
        if self._template:
            self.facts.extend(fact for fact in told.facts if fact[0] == "found")
        else:
            self.told.extend(told.facts)
            self._in_context(tag)
        if self._naming:
            self._names(tag)
        if tag.name in html.VOID or (self._foreign and tag.closed):
            return
        if tag.closed and tag.name not in html.FOREIGN:
            self.broken("html-syntax", f"{tag.shown()}: only elements without content end with a slash")
        self._push(tag)

    def _push(self, tag: Tag) -> None:
        if len(self._open) >= _DEPTH and tag.name not in html.RAW:
            self.broken("bad-nesting", f"{tag.shown()} stands inside {_DEPTH} others")
            return
        self._open.append(Open(tag))
        self._count(tag, 1)

    def _in_drawing(self) -> bool:
        """Whether what is open last is part of a drawing or formula, not of the HTML in one."""
        kinds = (name for each in reversed(self._open) if (name := each.tag.name) in html.FOREIGN | html.HOLDS_HTML)
        return next(kinds, "") in html.FOREIGN

    def _count(self, tag: Tag, one: int) -> None:
        self._template += one * (tag.name == "template")
        self._hidden += one * tag.hides
        self._foreign += one * (tag.name in html.FOREIGN)
        self._naming += one * (tag.name in html.NAMED_BY_CONTENT)

    def _end_implied(self, tag: Tag) -> None:
        """End what this element ends by beginning."""
        ends = html.ENDS.get(tag.name)
        if not ends:
            return
        while self._open and self._open[-1].tag.name in ends:
            self._pop()
        if "p" in ends:
            for each in reversed(self._open[-_DEPTH:]):
                if each.tag.name in html.PARAGRAPH_BOUNDS:
                    return
                if each.tag.name == "p":
                    self.broken("bad-nesting", f"{tag.shown()} in a paragraph")
                    return

    def _place(self, tag: Tag) -> None:
        if tag.name not in _READ and "-" not in tag.name:
            self.broken("content-model", f"{tag.shown()} is no element of HTML")
        names = tuple([each.tag.name for each in self._open[-_DEPTH:]])
        for rule, place in misplaced(tag.name, names, is_control=tag.is_control):
            self.broken(rule, f"{tag.shown()} in {place}")

    # What a start tag says where it stands

    def _in_context(self, tag: Tag) -> None:
        if tag.name in html.HEADINGS and not (tag.name == "h1" and self._is_unseen(tag)):
            self.facts.append(("heading", html.HEADINGS[tag.name]))
        if (self._hidden or tag.hides) and tag.takes_focus:
            self.broken("hidden-focusable", tag.shown())
        if tag.is_field and not tag.label and not any(each.tag.name == "label" for each in self._open[-_DEPTH:]):
            named = tag.attributes
            self.facts.append(("field", (named.get("id", ""), (named.get("name") or named.get("id") or tag.name)[:60])))
        if is_waited_for(tag) and any(each.tag.name == "head" for each in self._open[-_DEPTH:]):
            self.broken("loading", f"a script in the head that holds up the page: {tag.shown()}")
        landmark = self._landmark(tag)
        if landmark:
            self.facts.append(("landmark", (landmark, tag.attributes.get("aria-label", "") or tag.label)))
        if tag.name in ("table", "th"):
            self.facts.append((tag.name, tag.attributes.get("role", "")))
        if tag.name == "body":
            self.facts.append(("body", ""))

    def _is_unseen(self, tag: Tag) -> bool:
        """Whether nobody, or nobody with assistive technology, finds an element."""
        return tag.hides or self._hidden > 0 or tag.removed or any(each.tag.removed for each in self._open[-_DEPTH:])

    def _landmark(self, tag: Tag) -> str:
        role = tag.attributes.get("role", "")
        if tag.name == "main" and tag.removed:
            return ""
        if tag.name in ("main", "nav"):
            return tag.name if not role or role in ("main", "navigation") else ""
        if tag.name in ("header", "footer") and not role:
            inside = any(each.tag.name in html.SECTIONS for each in self._open[-_DEPTH:])
            return "" if inside else tag.name
        return {"banner": "header", "navigation": "nav", "contentinfo": "footer", "main": "main"}.get(role, "")

    def _names(self, tag: Tag) -> None:
        if tag.name in ("img", "area") and tag.attributes.get("alt", "").strip():
            self._show(tag.attributes["alt"].strip())
        elif tag.name not in html.NAMED_BY_CONTENT and "aria-label" in tag.attributes:
            self._show(tag.attributes["aria-label"].strip())

    # End tags

    def _end(self, told: Told) -> None:
        tag = told.tag
        self.told.extend(told.facts)
        if self._open and self._open[-1].tag.name == tag.name:
            self._pop()
            return
        for place in range(len(self._open) - 1, max(len(self._open) - _DEPTH, -1), -1):
            if self._open[place].tag.name == tag.name:
                self._end_until(place)
                return
        self.broken("stray-end-tag", tag.shown())

    def _end_until(self, place: int) -> None:
        while len(self._open) > place + 1:
            tag = self._open[-1].tag
            if tag.name not in html.OPTIONAL_END:
                self.broken("unclosed", tag.shown())
            self._pop()
        self._pop()

    def _pop(self) -> None:
        ended = self._open.pop()
        self._count(ended.tag, -1)
        if ended.tag.name in html.NAMED_BY_CONTENT and not self._template:
            self._named(ended)

    def _named(self, ended: Open) -> None:
        tag = ended.tag
        if tag.name == "title":
            if not self._foreign:
                self.facts.append(("title", ended.said))
        elif not (ended.said or any(ended.pictured) or tag.label or self._hidden or tag.hides):
            if tag.name in html.HEADINGS:
                self.broken("empty-heading", tag.shown())
            elif tag.name == "label":
                self.broken("no-label", f"nothing in {tag.shown()}")
            elif tag.name != "a" or tag.is_link:
                self.broken("empty-link", tag.shown())
        elif tag.is_control and ended.said and tag.attributes.get("aria-label"):
            self._worded = True
            if not is_part(ended.said, tag.attributes["aria-label"]):
                self.broken("label-in-name", f"{ended.said[:80]!r} in {tag.shown()}")
        elif tag.name == "a" and ended.said and ended.said.casefold() in {words.casefold() for words in ended.pictured}:
            self.broken("alt-repeats", f"{ended.said[:80]!r} in {tag.shown()}")
