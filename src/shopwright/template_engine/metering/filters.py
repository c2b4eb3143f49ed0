"""Jinja's filters on bounded values: each pays by its operands, and is refused what would grow, before it works.

``policy.allowed`` says which there are; here stands how each is bounded.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from jinja2 import Environment
from jinja2.filters import make_attrgetter
from markupsafe import Markup, escape

from shopwright.errors import RenderLimitHit
from shopwright.template_engine.metering.meter import TEXT_SHIFT, Meter
from shopwright.template_engine.metering.values import (
    bound,
    bound_text,
    length_of,
    plain,
    unfit,
    want_numbers,
    want_scalars,
    weigh,
)

Function = Callable[..., Any]

WORDS_TEXT = 50_000
"""Most characters of a text that is taken apart."""
ARGUMENT_TEXT = 1_000
"""Most characters of an argument, but for ``replace``, ``join`` and ``default``."""
MOST_PARTS = 1_000
"""Most parts of ``batch`` and ``slice``."""
PRECISION = 15
"""Most decimals of ``round``."""


class Use(NamedTuple):
    """One use of a filter: its subject and arguments."""

    value: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def argument(self, place: int, name: str) -> Any:  # noqa: ANN401 - whatever a template gives
        """An argument by place or name, or none."""
        return self.args[place] if place < len(self.args) else self.kwargs.get(name)


class Guards:
    """What is done before each filter: it pays, and its subject and arguments are looked at.

    Each guard gives the use of the filter back.
    """

    def __init__(self, environment: Environment, meter: Meter) -> None:
        self._environment = environment
        self._charge = meter.charge

    def flat(self, use: Use) -> Use:
        """For what reads no more of its subject than that."""
        self._charge(1, "a filter")
        return use

    def text(self, use: Use) -> Use:
        """For what makes a text, or a number, of a text, in one pass."""
        given = (*use.args, *use.kwargs.values())
        want_scalars(use.value, *given)
        if any(isinstance(argument, str) and len(argument) > ARGUMENT_TEXT for argument in given):
            raise RenderLimitHit(f"a filter's argument is longer than {ARGUMENT_TEXT:,}.", remedy="Shorten it.")
        self._charge(1 + (_characters(use.value) >> TEXT_SHIFT), "a filter")
        return use

    def words(self, use: Use) -> Use:
        """The same for what takes the text apart, which needs memory for each part."""
        if _characters(use.value) > WORDS_TEXT:
            raise RenderLimitHit(f"a text for words is longer than {WORDS_TEXT:,}.", remedy="Shorten it.")
        return self.text(use)

    def number(self, use: Use) -> Use:
        """For ``abs`` and ``round``."""
        precision = use.argument(0, "precision") or 0
        want_numbers(use.value, precision)
        if not -PRECISION <= precision <= PRECISION:
            raise unfit(precision, f"Round to at most {PRECISION} decimals.")
        return self.flat(use)

    def items(self, use: Use) -> Use:
        """For what reads each value of its subject once; what fills gaps must be small."""
        want_scalars(use.kwargs.get("default"), use.argument(1, "fill_with"))
        self._charge(1 + length_of(use.value), "a filter")
        return use

    def mapped(self, use: Use) -> Use:
        """For ``map``, ``select`` …: whatever they use has its own price."""
        want_scalars(use.kwargs.get("default"))
        self._charge(1 + length_of(use.value), "a filter")
        return use

    def parts(self, use: Use) -> Use:
        """For ``batch`` and ``slice``."""
        count = use.argument(0, "linecount") or use.kwargs.get("slices")
        if type(count) is not int or not 0 < count <= MOST_PARTS:
            raise unfit(count, f"Give a number from 1 to {MOST_PARTS:,}.")
        return self.items(use)

    def keys(self, use: Use) -> Use:
        """For what compares values, or what an attribute of them holds, with one another."""
        attribute = use.kwargs.get("attribute")
        values = use.value if isinstance(use.value, dict) else list(use.value)
        self._charge(1 + len(values), "a filter")
        for key in self._attributes(values, attribute) if attribute is not None else [values]:
            self._charge(2 * weigh(key), "a filter")
        return use._replace(value=values)

    def grouped(self, use: Use) -> Use:
        """For ``groupby``, whose attribute has no name."""
        want_scalars(use.argument(1, "default"))
        attribute = use.argument(0, "attribute")
        used = self.keys(use._replace(kwargs={"attribute": attribute}))
        return use._replace(value=used.value)

    def _attributes(self, values: Iterable[Any], attribute: str | int) -> Iterator[Any]:
        for name in str(attribute).split(","):
            getter = make_attrgetter(self._environment, name)
            yield from map(getter, values)

    def join(self, use: Use) -> Use:
        """For ``join``: values become text, so that none may be a list."""
        attribute, between = use.argument(1, "attribute"), use.argument(0, "d") or ""
        self._charge(1 + length_of(use.value), "a filter")
        values = list(use.value if attribute is None else self._attributes(use.value, attribute))
        want_scalars(between, *values)
        length = sum(map(_characters, values)) + _characters(between) * len(values)
        bound_text(length)
        self._charge(length >> TEXT_SHIFT, "a filter")
        return Use(values, (between,), {})

    def replace(self, use: Use) -> Use:
        """For ``replace``, which may make a text longer; escaped as Jinja does it, because that counts."""
        old, new = use.argument(0, "old"), use.argument(1, "new")
        want_scalars(use.value, old, new)
        value = escape(use.value) if isinstance(old, Markup) or isinstance(new, Markup) else use.value
        value, old, new = ((escape if isinstance(value, Markup) else str)(part) for part in (value, old, new))
        self._charge(1 + (len(value) + len(old) + len(new) >> TEXT_SHIFT), "a filter")
        bound_text(len(value) + value.count(old) * (len(new) - len(old)))
        return use


def _characters(value: object) -> int:
    return len(value) if isinstance(value, str) else 0


CHANGING = frozenset({"capitalize", "lower", "replace", "reverse", "title", "trim", "truncate", "upper"})
"""Filters that give a text changed: of markup they give plain text."""

FREE = frozenset({"count", "d", "default", "first", "last", "length"})
"""Filters that look at one value, for the price of the step itself."""
GUARDS: Mapping[str, Callable[[Guards, Use], Use]] = {
    **dict.fromkeys(("capitalize", "e", "escape", "float", "int", "lower", "string", "trim", "upper"), Guards.text),
    **dict.fromkeys(("title", "truncate", "urlencode", "wordcount"), Guards.words),
    **dict.fromkeys(("abs", "round"), Guards.number),
    **dict.fromkeys(("items", "list", "reverse"), Guards.items),
    **dict.fromkeys(("map", "reject", "rejectattr", "select", "selectattr"), Guards.mapped),
    **dict.fromkeys(("batch", "slice"), Guards.parts),
    **dict.fromkeys(("dictsort", "max", "min", "sort", "sum", "unique"), Guards.keys),
    "groupby": Guards.grouped,
    "join": Guards.join,
    "replace": Guards.replace,
}


def metered_filters(environment: Environment, meter: Meter) -> dict[str, Function]:
    """The allowed filters of an environment, with their prices."""
    guards = Guards(environment, meter)
    filters: Mapping[str, Any] = environment.filters
    metered = {
        name: _metered(filters[name], partial(guard, guards), plain if name in CHANGING else _whole)
        for name, guard in GUARDS.items()
    }
    return {**{name: filters[name] for name in FREE}, **metered}


def _whole(value: Any) -> Any:  # noqa: ANN401 - whatever a template filters
    return value


def _metered(function: Function, guard: Callable[[Use], Use], subject: Function) -> Function:
    """A filter behind its guard; it gets context or environment first, if the one it stands for does."""
    passed = getattr(function, "jinja_pass_arg", None)
    if passed is None:

        def alone(value: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever a template filters
            use = guard(Use(subject(value), args, kwargs))
            return _settled(function(use.value, *use.args, **use.kwargs))

        return alone

    def together(first: Any, value: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the same
        use = guard(Use(subject(value), args, kwargs))
        return _settled(function(first, use.value, *use.args, **use.kwargs))

    together.jinja_pass_arg = passed  # type: ignore[attr-defined]
    return together


def _settled(result: Any) -> Any:  # noqa: ANN401 - whatever a filter gives
    """A result, bounded. What would be worked out later is worked out now, and can still be read only once."""
    return iter(list(result)) if isinstance(result, Iterator) else bound(result)
