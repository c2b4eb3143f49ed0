"""Patterns of URL paths, as the ``_headers`` and ``_redirects`` files of static hosts write them.

``*`` (at most one) stands for any characters, ``:name`` for one whole segment; everything else stands for itself. What
they matched is known as ``:splat`` and ``:name``. Patterns may be percent-encoded; the paths they are matched with are
decoded.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar
from urllib.parse import unquote

MOST_CHARACTERS = 2_000
"""Of a pattern, and of a path that is matched: with at most one ``*`` this bounds the work of a match."""

MOST_WILDCARDS = 1_000
"""Patterns with ``*`` or ``:name`` in one table: each is tried for each path; those without cost nothing."""

_PLACEHOLDER = re.compile(r"(?<=/):([A-Za-z]\w{0,63})(?=/|$)")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_PARTS = re.compile(r"(\*|(?<=/):[A-Za-z]\w{0,63}(?=/|$))")

Rule = TypeVar("Rule")


@dataclass(frozen=True)
class PathPattern:
    """A pattern that begins with ``/``. Make it with ``path_pattern``, which refuses others."""

    text: str

    @property
    def exact(self) -> bool:
        """Whether it stands for one path only: itself."""
        return "*" not in self.text and not _PLACEHOLDER.search(self.text)

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        parts = enumerate(_PARTS.split(self.text))  # what the expression caught stands at odd places
        return re.compile("".join(_part(part, wild=at % 2 == 1) for at, part in parts), re.DOTALL)

    def match(self, path: str) -> dict[str, str] | None:
        """What ``*`` (as ``splat``) and the placeholders stand for in ``path``; None if it is not meant."""
        found = self._expression.fullmatch(path) if len(path) <= MOST_CHARACTERS else None
        return found.groupdict() if found else None


def path_pattern(text: str) -> PathPattern:
    """The pattern ``text``. Raises ``ValueError`` that says what is wrong with it."""
    if not text.startswith("/"):
        raise ValueError("a path begins with /")
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"a path is longer than {MOST_CHARACTERS:,} characters")
    if _CONTROL.search(text):
        raise ValueError("a path holds white space or control characters")
    if text.count("*") > 1:
        raise ValueError("a path holds more than one *")
    names = _PLACEHOLDER.findall(text)
    if len(names) != len(set(names)) or "splat" in names:
        raise ValueError("two placeholders of a path have the same name")
    return PathPattern(text)


def _part(part: str, *, wild: bool) -> str:
    if part == "*":
        return "(?P<splat>.*)"
    return f"(?P<{part[1:]}>[^/]+)" if wild else re.escape(unquote(part))


class PatternTable(Generic[Rule]):
    """Rules by pattern, in the order they were added. Exact patterns are found at once, however many there are."""

    def __init__(self) -> None:
        self._exact: dict[str, list[tuple[int, Rule]]] = {}
        self._wild: list[tuple[int, PathPattern, Rule]] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add(self, pattern: PathPattern, rule: Rule) -> None:
        """Put a rule behind those that are there. Raises ``ValueError`` when there are too many with wildcards."""
        if pattern.exact:
            self._exact.setdefault(unquote(pattern.text), []).append((self._length, rule))
        elif len(self._wild) < MOST_WILDCARDS:
            self._wild.append((self._length, pattern, rule))
        else:
            raise ValueError(f"there are more than {MOST_WILDCARDS:,} paths with * or placeholders")
        self._length += 1

    def matches(self, path: str) -> Iterator[tuple[Mapping[str, str], Rule]]:
        """What the wildcards stand for and the rule, of each pattern that means ``path``, in the order of the rules."""
        found: list[tuple[int, Mapping[str, str], Rule]] = [(at, {}, rule) for at, rule in self._exact.get(path, ())]
        for at, pattern, rule in self._wild:
            values = pattern.match(path)
            if values is not None:
                found.append((at, values, rule))
        found.sort(key=lambda each: each[0])
        return ((values, rule) for _, values, rule in found)
