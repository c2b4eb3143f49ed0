"""What a template is made of, read from its syntax: what it extends, what it includes, which values it takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

from shopwright.errors import ThemeError

_PARTS = {"card": "_card.html"}
"""Functions of the theme API that render a template of a fixed name; ``fragment`` is given the name."""

_CARD_NAMES = frozenset({"card", "eager"})


@dataclass(frozen=True, slots=True)
class Anatomy:
    """One template. ``values`` are the names it takes from outside, with what it reads of them: ``product.price.was``.

    ``calls`` are the functions it calls by name. ``includes`` also holds what ``card`` and ``fragment`` render.
    """

    extends: str | None
    includes: tuple[str, ...]
    values: tuple[str, ...]
    calls: tuple[str, ...]
    assigned: frozenset[str]


def dissect(templates: Mapping[str, str]) -> dict[str, Anatomy]:
    """The anatomy of every template by name. Raises ``ThemeError`` with template and line for what cannot be read."""
    environment = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True)
    return {name: _dissect(environment, name, source) for name, source in sorted(templates.items())}


def _dissect(environment: Environment, name: str, source: str) -> Anatomy:
    try:
        tree = environment.parse(source, name)
    except TemplateSyntaxError as error:
        where = f"{name}, line {error.lineno}"
        raise ThemeError(f"{error.message}.", where=where, remedy="Correct the template.") from error
    parent = next((_constant(node.template) for node in tree.find_all(nodes.Extends)), None)
    assigned = frozenset(node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param"))
    calls = {call.node.name for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
    read = {path for path in _paths(tree, set()) if path.partition(".")[0] not in assigned | calls | {"loop"}}
    return Anatomy(parent, tuple(sorted(set(_included(tree)))), _longest(read), tuple(sorted(calls)), assigned)


def _constant(node: nodes.Node) -> str | None:
    return str(node.value) if isinstance(node, nodes.Const) else None


def _included(tree: nodes.Template) -> Iterator[str]:
    named = [node.template for node in tree.find_all(nodes.Include)]
    named += [node.template for node in tree.find_all(nodes.Import)]
    named += [node.template for node in tree.find_all(nodes.FromImport)]
    yield from (name for name in map(_constant, named) if name)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in _PARTS:
            yield _PARTS[call.node.name]
        elif isinstance(call.node, nodes.Name) and call.node.name == "fragment" and call.args:
            name = _constant(call.args[0])
            if name:
                yield name


def _paths(node: nodes.Node, seen: set[int]) -> Iterator[str]:
    """Names that are read, each with the keys read of it one after the other."""
    for child in node.find_all((nodes.Getattr, nodes.Name)):
        if id(child) in seen:
            continue
        keys: list[str] = []
        inner: nodes.Node = child
        while isinstance(inner, nodes.Getattr):
            keys.insert(0, inner.attr)
            seen.add(id(inner))
            inner = inner.node
        if isinstance(inner, nodes.Name) and inner.ctx == "load":
            seen.add(id(inner))
            yield ".".join((inner.name, *keys))


def _longest(paths: set[str]) -> tuple[str, ...]:
    """Without those that others go on from: ``product.price`` says no more than ``product.price.was``."""
    return tuple(sorted(path for path in paths if not any(other.startswith(f"{path}.") for other in paths)))


def _handed(name: str, anatomy: Anatomy) -> frozenset[str]:
    """The names that a function of the theme API gives to the template it renders."""
    return _CARD_NAMES if name == _PARTS["card"] and "card" in anatomy.calls else frozenset()


def whole_anatomy(name: str, known: Mapping[str, Anatomy]) -> tuple[str, ...]:
    """The values a template takes with everything it extends and includes, without what it gives them itself."""
    found: set[str] = set()
    waiting, done = [(name, frozenset[str]())], set()
    while waiting:
        current, given = waiting.pop()
        anatomy = known.get(current)
        if anatomy is None or (current, given) in done:
            continue
        done.add((current, given))
        found |= {path for path in anatomy.values if path.partition(".")[0] not in given}
        given |= anatomy.assigned
        waiting += [(other, given | _handed(other, anatomy)) for other in (*anatomy.includes, anatomy.extends) if other]
    return _longest(found)
