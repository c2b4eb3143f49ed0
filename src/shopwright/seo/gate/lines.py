"""A page read line by line. What a line means after what is open before it is worked out only once.

Pages of a store repeat most of their lines: header, footer, cards, form fields. So a page is a walk through an
automaton whose states are the open elements and whose letters are lines; only a line never seen after a state is read.
"""

from collections.abc import Iterator
from typing import NamedTuple

from shopwright.seo.gate.open_elements import Open, OpenElements
from shopwright.seo.gate.tag import Fact
from shopwright.seo.gate.text_rules import is_plain
from shopwright.seo.gate.tokens import Unfinished, alternating, tokens
from shopwright.seo.gate.told import Kind, Told

REMEMBERED = 4 << 20
"""Characters of lines that are remembered before all are forgotten: several pages' worth, and little memory."""

_LONG = 2_048
"""Characters of a line that is remembered when it is seen a second time: most such lines are data of one page."""
_MOST_JOINS = 50
"""How often a line is read again with those after it: a tag may run over many lines, with many signs in its values."""


class Step(NamedTuple):
    """What a line does: the state after it, its facts, and how many lines it took."""

    state: "State"
    facts: tuple[Fact, ...]
    lines: int


class Shape(NamedTuple):
    """The kinds of a line's tags, and where between them words stand."""

    kinds: tuple[Kind, ...]
    words: tuple[bool, ...]


class State:
    """The elements that are open between two lines, and what the lines and shapes of lines seen after them did."""

    __slots__ = ("after", "open", "shaped")

    def __init__(self, still_open: tuple[Open, ...]) -> None:
        self.open = still_open
        self.after: dict[str, Step] = {}
        self.shaped: dict[Shape, Step] = {}


class LineReader:
    """Reads pages. One stands in every worker."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._states: dict[tuple[Open, ...], State] = {}
        self._long: set[int] = set()
        self._endless: set[str] = set()
        self._remembered = 0

    def read(self, html: str) -> Iterator[tuple[int, tuple[Fact, ...]]]:
        """(line number, facts) of every line that has any; last what is wrong with the page's end."""
        if self._remembered > REMEMBERED:
            self._forget()
        state, lines, number = self._state(()), html.split("\n"), 0
        self._endless.clear()
        while number < len(lines):
            line = lines[number]
            step = state.after.get(line) or self._step(state, lines, number)
            if step.facts:
                yield number + 1, step.facts
            state, number = step.state, number + step.lines
        rest = OpenElements(state.open)
        rest.finish()
        yield len(lines), tuple(rest.facts)

    def _state(self, still_open: tuple[Open, ...]) -> State:
        state = self._states.get(still_open)
        if state is None:
            state = self._states[still_open] = State(still_open)
        return state

    def _step(self, state: State, lines: list[str], number: int) -> Step:
        """What a line does that was not seen after this state, with those that its last tag or script runs over."""
        line = lines[number]
        parts = alternating(line)
        if parts is None:
            step, _ = self._read(state, lines, number)
        else:
            step = self._by_shape(state, lines, number, *parts)
        if step.lines == 1 and (len(line) <= _LONG or hash(line) in self._long):
            state.after[line] = step
            self._remembered += len(line)
        elif len(line) > _LONG:
            self._long.add(hash(line))
        return step

    def _by_shape(self, state: State, lines: list[str], number: int, texts: list[str], tags: list[Told]) -> Step:
        """As ``_step``, of a line that is tags and text; most have a shape that was seen after this state."""
        shape = Shape(tuple([told.kind for told in tags]), tuple([bool(text.strip()) for text in texts]))
        known = state.shaped.get(shape)
        if known and (is_plain(lines[number]) or all(map(is_plain, texts))):
            return Step(known.state, gathered((*known.facts, *[fact for told in tags for fact in told.facts])), 1)
        step, elements = self._read(state, lines, number)
        if elements.is_shape():
            state.shaped[shape] = Step(step.state, tuple(elements.facts), 1)
        return step

    def _read(self, state: State, lines: list[str], number: int) -> tuple[Step, OpenElements]:
        """Read a line, with those after it that its last tag, comment or script runs over."""
        text, taken = lines[number], 1
        for joins in range(_MOST_JOINS + 1):
            elements = OpenElements(state.open)
            unfinished = _read(text, elements)
            if unfinished is None:
                break
            following = self._up_to(unfinished.end, lines, number + taken) if joins < _MOST_JOINS else []
            if not following:
                elements.broken("html-syntax", f"{unfinished.began[:60]!r} never ends")
                break
            text, taken = "\n".join([text, *following]), taken + len(following)
        facts = gathered((*elements.facts, *elements.told))
        return Step(self._state(elements.still_open()), facts, taken), elements

    def _up_to(self, end: str, lines: list[str], number: int) -> list[str]:
        """The lines from ``number`` to the first that holds ``end``; none if none does, as none later will."""
        for last in range(number, 0 if end in self._endless else len(lines)):
            if end in lines[last].lower():
                return lines[number : last + 1]
        self._endless.add(end)
        return []


def gathered(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Facts with all targets in one: a line with pictures has dozens."""
    targets = tuple([value for kind, value in facts if kind == "target"])
    return (("targets", targets), *[fact for fact in facts if fact[0] != "target"]) if targets else facts


def _read(text: str, elements: OpenElements) -> Unfinished | None:
    for token in tokens(text):
        if isinstance(token, Unfinished):
            return token
        elements.take(token)
    return None
