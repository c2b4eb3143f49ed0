"""The check before the parser: sizes, nesting and tags, in one pass that never calls itself.

Jinja's parser and compiler recurse and hold everything at once; what gets past here cannot exhaust them. The tags are
found by Jinja's own lexer, which is a loop, so that both agree on where they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError

from shopwright.template_engine.policy import allowed, limits, remedies
from shopwright.template_engine.refusal import Refusal

_RUN = re.compile(rf"[0-9a-fA-F_]{{{limits.RUN + 1}}}")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_BEGINS = {"block_begin", "variable_begin"}
_ENDS = {"block_end", "variable_end"}
_SILENT = {"whitespace", "data", "comment_begin", "comment", "comment_end", "raw_begin", "raw_end"}
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_NUMBERS = {"integer", "float"}


@dataclass(frozen=True, slots=True)
class Tag:
    """One ``{{ … }}`` or ``{% … %}``: the line it begins in, and kind and text of each token, one more than allowed."""

    line: int
    block: bool
    tokens: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """``for`` of ``{% for … %}``; empty for what shows a value."""
        return self.tokens[0][1] if self.block and self.tokens else ""


@dataclass(slots=True)
class Scan:
    """What the pass over one template found."""

    refusals: list[Refusal] = field(default_factory=list)
    characters: int = 0
    tags: int = 0
    tokens: int = 0


def scan(name: str, source: str, environment: Environment) -> Scan:
    """Check the source of a template. With any refusal it must not be parsed."""
    found = Scan(characters=len(source))
    found.refusals.extend(_check_text(name, source))
    if not found.refusals:
        try:
            _check_tags(name, _tags(environment, name, source), found)
        except TemplateSyntaxError as error:
            found.refusals.append(syntax_refusal(name, error))
    return found


def syntax_refusal(name: str, error: TemplateSyntaxError) -> Refusal:
    """What Jinja could not read."""
    return Refusal(
        name, error.lineno, "syntax", f"This is no Jinja: {(error.message or '').rstrip('.')}.", "Correct it."
    )


def _check_text(name: str, source: str) -> Iterator[Refusal]:
    if len(source) > limits.CHARACTERS:
        yield _too_much(name, 1, "size", f"{len(source):,} characters", limits.CHARACTERS, "Split the template.")
        return
    lines = source.count("\n") + source.count("\r")
    if lines > limits.LINES:
        yield _too_much(name, 1, "lines", f"{lines:,} lines", limits.LINES, "Split the template.")
        return
    run = _RUN.search(source)
    if run:
        line = len(_NEWLINE.findall(source, 0, run.start())) + 1
        yield _too_much(name, line, "digits", "A run of digits", limits.RUN, "Shorten it.")
    slashes = source.count("\\")
    if slashes > limits.BACKSLASHES:
        yield _too_much(name, 1, "backslashes", f"{slashes:,} backslashes", limits.BACKSLASHES, "Take some out.")


def _tags(environment: Environment, name: str, source: str) -> Iterator[Tag]:
    """The tags, as far as each is allowed to go."""
    tag: Tag | None = None
    for line, kind, text in environment.lexer.tokeniter(source, name):
        if kind in _BEGINS:
            tag = Tag(line, kind == "block_begin")
        elif tag is not None and kind in _ENDS:
            yield tag
            tag = None
        elif tag is not None and kind not in _SILENT:
            tag.tokens.append((kind, text))
            if len(tag.tokens) > limits.TAG_TOKENS:
                yield tag
                return


def _check_tags(name: str, tags: Iterator[Tag], found: Scan) -> None:
    nest = _Nest(name)
    for tag in tags:
        found.tags += 1
        found.tokens += len(tag.tokens)
        found.refusals.extend(_check_tag(name, tag))
        found.refusals.extend(nest.enter(tag))
        if found.tags > limits.TAGS:
            found.refusals.append(
                _too_much(name, tag.line, "tags", "The number of tags", limits.TAGS, "Split the template.")
            )
        if found.tokens > limits.TOKENS:
            found.refusals.append(
                _too_much(name, tag.line, "tokens", "What all tags hold", limits.TOKENS, "Split the template.")
            )
        if found.refusals and (found.tags > limits.TAGS or found.tokens > limits.TOKENS or len(found.refusals) > 20):
            return


def _check_tag(name: str, tag: Tag) -> Iterator[Refusal]:
    if len(tag.tokens) > limits.TAG_TOKENS:
        yield _too_much(name, tag.line, "tokens", "One tag", limits.TAG_TOKENS, "Set parts of it to names first.")
    if tag.block and tag.name not in allowed.TAGS:
        instead = remedies.TAGS.get(tag.name, f"The tags there are: {remedies.REFERENCE}.")
        yield Refusal(name, tag.line, "tag", f"There is no tag {tag.name[: limits.NAME]!r}.", instead)
    if _depth(tag) > limits.BRACKETS:
        yield _too_much(name, tag.line, "brackets", "Brackets", limits.BRACKETS, "Set parts of it to names first.")
    if any(kind in _NUMBERS and len(text) > limits.DIGITS for kind, text in tag.tokens):
        yield _too_much(name, tag.line, "digits", "A number", limits.DIGITS, "Write a shorter one.")


def _depth(tag: Tag) -> int:
    depth = deepest = 0
    for kind, text in tag.tokens:
        if kind == "operator":
            depth += (text in _OPEN) - (text in _CLOSE)
            deepest = max(deepest, depth)
    return deepest


class _Nest:
    """The tags that wait for their end, each with its ``elif`` counted."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._branches: list[int] = []

    def enter(self, tag: Tag) -> Iterator[Refusal]:
        """Take the next tag."""
        if tag.name in allowed.OPENING_TAGS and not _assigns(tag):
            self._branches.append(0)
            if len(self._branches) == limits.NESTING + 1:
                yield _too_much(
                    self._name, tag.line, "nesting", "Tags in tags", limits.NESTING, "Move parts into another template."
                )
        elif tag.name.startswith("end") and self._branches:
            self._branches.pop()
        elif tag.name == "elif" and self._branches:
            self._branches[-1] += 1
            if self._branches[-1] == limits.BRANCHES + 1:
                yield _too_much(
                    self._name,
                    tag.line,
                    "elif",
                    "The number of elif",
                    limits.BRANCHES,
                    "Look the value up in a mapping.",
                )


def _assigns(tag: Tag) -> bool:
    """Whether this is ``{% set name = … %}``, which has no end."""
    if tag.name != "set":
        return False
    for kind, text in tag.tokens[1:]:
        if kind == "operator" and text not in {",", ".", "(", ")"}:
            return text == "="
    return False


def _too_much(name: str, line: int, rule: str, what: str, limit: int, instead: str) -> Refusal:
    return Refusal(name, line, rule, f"{what}: more than {limit:,} are not allowed.", instead)
