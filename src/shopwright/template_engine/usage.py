"""What a template asks for: other templates, functions of the theme API, interface texts. It is read, never run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from inspect import Parameter, Signature

from jinja2 import Environment, TemplateSyntaxError, nodes

from shopwright.template_engine.api import THEME_FUNCTIONS

_READER = Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])


@dataclass(frozen=True, slots=True)
class Asked:
    """A name a template asks for, and the line. ``part`` says that it is only the beginning of the name.

    ``given`` are the names of the values that come with it.
    """

    name: str
    line: int
    part: bool = False
    given: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Misuse:
    """A call of the theme API that cannot work: the function, the line, and what is wrong with its arguments."""

    function: str
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What a template asks for, in the order of its lines.

    ``templates`` are those it opens by a name that is written out, ``texts`` keys of ``t()``, ``shows_cards`` whether
    it calls ``card()``, which opens ``_card.html``.
    """

    templates: tuple[Asked, ...]
    texts: tuple[Asked, ...]
    misuses: tuple[Misuse, ...]
    shows_cards: bool


def read_usage(source: str) -> Usage | None:
    """The usage of a template; none if it is no Jinja. For templates the policy has no objection to."""
    try:
        tree = _READER.parse(source)
    except (TemplateSyntaxError, RecursionError):
        return None
    calls = [call for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)]
    return Usage(
        templates=(*_linked(tree), *_first_words(calls, "fragment")),
        texts=tuple(_first_words(calls, "t")),
        misuses=tuple(misuse for call in calls for misuse in _misuses(call)),
        shows_cards=any(_called(call) == "card" for call in calls),
    )


def _linked(tree: nodes.Template) -> Iterator[Asked]:
    for link in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        named = getattr(link, "template", None)
        if isinstance(named, nodes.Const):
            yield Asked(str(named.value), link.lineno)


def _called(call: nodes.Call) -> str:
    return call.node.name if isinstance(call.node, nodes.Name) else ""


def _first_words(calls: list[nodes.Call], function: str) -> Iterator[Asked]:
    """First arguments of a function, as far as they are written out: ``"a." ~ b`` begins with ``a.``."""
    for call in calls:
        if _called(call) != function or not call.args:
            continue
        first, part = call.args[0], False
        if isinstance(first, nodes.Concat):
            first, part = first.nodes[0], True
        if isinstance(first, nodes.Const):
            yield Asked(str(first.value), call.lineno, part, frozenset(one.key for one in call.kwargs))


def _misuses(call: nodes.Call) -> Iterator[Misuse]:
    name = _called(call)
    if name not in THEME_FUNCTIONS or call.dyn_args is not None or call.dyn_kwargs is not None:
        return
    try:
        _signature(THEME_FUNCTIONS[name]).bind(*call.args, **{given.key: given.value for given in call.kwargs})
    except TypeError as error:
        yield Misuse(name, call.lineno, str(error))


@cache
def _signature(text: str) -> Signature:
    """The signature of a function from the words it is described with, such as ``card(card, eager=false)``."""
    (function,) = ast.parse(f"def {text}: ...").body
    assert isinstance(function, ast.FunctionDef)  # noqa: S101 - our own words
    given = function.args
    needed = len(given.args) - len(given.defaults)
    parameters = [
        Parameter(one.arg, Parameter.POSITIONAL_OR_KEYWORD, default=Parameter.empty if place < needed else None)
        for place, one in enumerate(given.args)
    ]
    if given.kwarg:
        parameters.append(Parameter(given.kwarg.arg, Parameter.VAR_KEYWORD))
    return Signature(parameters)
