"""Jinja's filters on bounded values: each pays by its operands, and is refused what would grow, before it works.

``policy.allowed`` says which there are; here stands how each is bounded.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MethodType
from typing import Any

from jinja2 import Environment
from jinja2.filters import make_attrgetter
from markupsafe import Markup, escape

from shopwright.errors import RenderLimitHit
from shopwright.template_engine.metering.meter import TEXT_SHIFT, Meter
from shopwright.template_engine.metering.values import (
    TEXTS,
    bound,
    bound_text,
    length_of,
    plain,
    read,
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


class Guards:
    """What is done before each filter: it pays, and its subject and arguments are looked at.

    Each guard takes what its filters take, and gives nothing.
    """

    def __init__(self, environment: Environment, meter: Meter) -> None:
        self._environment = environment
        self._charge = meter.charge

    def text(self, value: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - whatever a template filters
        """For what makes a text, or a number, of a text, in one pass."""
        want_scalars(value, *args, *kwargs.values())
        for argument in (*args, *kwargs.values()):
            if isinstance(argument, str) and len(argument) > ARGUMENT_TEXT:
                raise RenderLimitHit(f"a filter's argument is longer than {ARGUMENT_TEXT:,}.", remedy="Shorten it.")
        self._charge(_characters(value) >> TEXT_SHIFT, "a filter")

    def words(self, value: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """The same for what takes the text apart, which needs memory for each part."""
        if _characters(value) > WORDS_TEXT:
            raise RenderLimitHit(f"a text for words is longer than {WORDS_TEXT:,}.", remedy="Shorten it.")
        self.text(value, *args, **kwargs)

    def number(self, value: Any, precision: Any = 0, method: Any = None) -> None:  # noqa: ANN401
        """For ``abs`` and ``round``."""
        want_numbers(value, precision)
        want_scalars(method)
        if not -PRECISION <= precision <= PRECISION:
            raise unfit(precision, f"Round to at most {PRECISION} decimals.")

    def items(self, value: Any) -> None:  # noqa: ANN401
        """For what reads each value of its subject once."""
        self._charge(length_of(value), "a filter")

    def mapped(self, value: Any, *_: Any, default: Any = None, **__: Any) -> None:  # noqa: ANN401
        """For ``map``, ``select`` …: what they use has its own price; what fills gaps must be small."""
        want_scalars(default)
        self._charge(length_of(value), "a filter")

    def batch(self, value: Any, linecount: Any, fill_with: Any = None) -> None:  # noqa: ANN401
        """For ``batch``."""
        self.slice(value, linecount, fill_with)

    def slice(self, value: Any, slices: Any, fill_with: Any = None) -> None:  # noqa: ANN401
        """For ``slice``: the number of parts is bounded, and what fills gaps is small."""
        if type(slices) is not int or not 0 < slices <= MOST_PARTS:
            raise unfit(slices, f"Give a number from 1 to {MOST_PARTS:,}.")
        want_scalars(fill_with)
        self._charge(slices + length_of(value), "a filter")

    def keys(self, value: Any, *_: Any, attribute: Any = None, **__: Any) -> None:  # noqa: ANN401
        """For what compares values, or what an attribute of them holds, with one another."""
        self._charge(length_of(value), "a filter")
        for key in (read(value),) if attribute is None else self._attributes(value, attribute):
            self._charge(2 * weigh(key), "a filter")

    def groupby(self, value: Any, attribute: Any, default: Any = None, case_sensitive: Any = False) -> None:  # noqa: ANN401
        """For ``groupby``, which sorts."""
        want_scalars(default, case_sensitive)
        self.keys(value, attribute=attribute)

    def _attributes(self, values: Any, attribute: str | int) -> Iterator[Any]:  # noqa: ANN401
        for name in str(attribute).split(","):
            yield from map(make_attrgetter(self._environment, name), read(values))

    def join(self, value: Any, d: Any = "", attribute: Any = None) -> None:  # noqa: ANN401
        """For ``join``: values become text, so that none may be a list."""
        self._charge(length_of(value), "a filter")
        parts = list(read(value) if attribute is None else self._attributes(value, attribute))
        want_scalars(d, *parts)
        length = sum(map(_characters, parts)) + _characters(d) * len(parts)
        bound_text(length)
        self._charge(length >> TEXT_SHIFT, "a filter")

    def replace(self, value: Any, old: Any, new: Any) -> None:  # noqa: ANN401
        """For ``replace``, which may make a text longer; escaped as Jinja does it, because that counts."""
        want_scalars(value, old, new)
        whole = escape(value) if isinstance(old, Markup) or isinstance(new, Markup) else value
        whole, old, new = ((escape if isinstance(whole, Markup) else str)(part) for part in (whole, old, new))
        self._charge(len(whole) + len(old) + len(new) >> TEXT_SHIFT, "a filter")
        bound_text(len(whole) + whole.count(old) * (len(new) - len(old)))


def _characters(value: object) -> int:
    return len(value) if isinstance(value, str) else 0


CHANGING = frozenset({"capitalize", "lower", "replace", "reverse", "title", "trim", "truncate", "upper"})
"""Filters that give a text changed: of markup they give plain text."""

FREE = frozenset({"count", "d", "default", "first", "last", "length"})
"""Filters that look at one value, for the price of the step itself."""
GUARDS: Mapping[str, Callable[..., None]] = {
    **dict.fromkeys(("capitalize", "e", "escape", "float", "int", "lower", "string", "trim", "upper"), Guards.text),
    **dict.fromkeys(("title", "truncate", "urlencode", "wordcount"), Guards.words),
    **dict.fromkeys(("abs", "round"), Guards.number),
    **dict.fromkeys(("items", "list", "reverse"), Guards.items),
    **dict.fromkeys(("map", "reject", "rejectattr", "select", "selectattr"), Guards.mapped),
    **dict.fromkeys(("dictsort", "max", "min", "sort", "sum", "unique"), Guards.keys),
    "batch": Guards.batch,
    "groupby": Guards.groupby,
    "join": Guards.join,
    "replace": Guards.replace,
    "slice": Guards.slice,
}


def metered_filters(environment: Environment, meter: Meter) -> dict[str, Function]:
    """The allowed filters of an environment, with their prices."""
    guards = Guards(environment, meter)
    filters: Mapping[str, Any] = environment.filters
    metered = {name: _metered(filters[name], MethodType(guard, guards)) for name, guard in GUARDS.items()}
    changing = {name: _of_plain(metered[name]) for name in CHANGING}
    return {**{name: filters[name] for name in FREE}, **metered, **changing}


def _metered(function: Function, guard: Callable[..., None]) -> Function:
    """A filter behind its guard; it gets context or environment first, if the one it stands for does."""
    passed = getattr(function, "jinja_pass_arg", None)
    if passed is None:

        def alone(value: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever a template filters
            guard(value, *args, **kwargs)
            return _settled(function(value, *args, **kwargs))

        return alone

    def together(first: Any, value: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the same
        guard(value, *args, **kwargs)
        return _settled(function(first, value, *args, **kwargs))

    together.jinja_pass_arg = passed  # type: ignore[attr-defined]
    return together


def _of_plain(function: Function) -> Function:
    """A filter that takes plain text where it is given markup."""
    passed = getattr(function, "jinja_pass_arg", None)
    if passed is None:
        return lambda value, *args, **kwargs: function(plain(value), *args, **kwargs)

    def together(first: Any, value: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever is filtered
        return function(first, plain(value), *args, **kwargs)

    together.jinja_pass_arg = passed  # type: ignore[attr-defined]
    return together


def _settled(result: Any) -> Any:  # noqa: ANN401 - whatever a filter gives
    """A result, bounded. What would be worked out later is worked out now, and can still be read only once."""
    if type(result) in TEXTS:
        bound_text(len(result))
        return result
    return iter(list(result)) if isinstance(result, Iterator) else bound(result)
