"""The rules that hold for an expression wherever it stands: markup is printed whole, addresses keep their names.

What may stand in a context is known by an expression's form (``values.py``). These rules keep the form honest: markup
and texts put together cannot be cut, listed or passed on, and no name that stands for an address is given away.
"""

from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import nodes

from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.contexts.addresses import is_address_name
from shopwright.template_engine.contexts.values import (
    DEFAULTS,
    RESERVED,
    WHOLE,
    Made,
    Value,
    all_nodes,
    called,
    imported_names,
    simple_value,
    value_of,
)

Note = Callable[[str, int, str], None]
"""Called with a rule, the line where it is broken, and what is not allowed."""

May = frozenset[Value]

_NOTHING: May = frozenset()
_MIXED: May = frozenset({Value.MIXED})
_ALL: May = frozenset({Value.MIXED, Value.MARKUP})

_FORBIDDEN = frozenset({"safe", "tojson", "xmlattr", "urlize", "forceescape", "format", "attr"})
_OF_MIXED = frozenset({"length", "count", "striptags", "urlencode"})
"""Filters that give no part of a text as it was, or all of it."""

_KEPT = frozenset({"collect"})
"""Functions of the theme API that keep what they are given: their arguments come back as plain values."""


def check_expressions(tree: nodes.Node, made: Made, note: Note) -> None:
    """Check every expression and every binding of a template. ``made`` is what all templates' names stand for."""
    for node in all_nodes(tree):
        _check_bindings(node, made, note)
        for expression, may in _roots(node):
            _check(expression, may, made, note)


def _roots(node: nodes.Node) -> Iterator[tuple[nodes.Node, May]]:
    """The expressions of a statement, and which kinds may be their value."""
    match node:
        case nodes.Output():
            yield from ((part, _ALL) for part in node.nodes if not isinstance(part, nodes.TemplateData))
        case nodes.Assign():
            yield node.node, _ALL
        case nodes.With():
            yield from ((value, _ALL) for value in node.values)
        case nodes.If():
            yield node.test, _ALL
        case nodes.For():
            yield from ((given, _NOTHING) for given in (node.iter, node.test) if given is not None)
        case nodes.ExprStmt():
            yield node.node, _ALL
        case nodes.CallBlock():
            yield node.call, _ALL
            yield from ((value, _NOTHING) for value in node.defaults)
        case nodes.Macro():
            yield from ((value, _NOTHING) for value in node.defaults)


def _check(expression: nodes.Node, may: May, made: Made, note: Note) -> None:
    waiting = [(expression, may)]
    while waiting:
        node, may = waiting.pop()
        kind = simple_value(node, made)
        if kind is Value.MARKUP and Value.MARKUP not in may:
            note("markup", node.lineno, "markup is cut, compared, listed or passed on.")
        elif kind is Value.MIXED and Value.MIXED not in may:
            note("mixed", node.lineno, "a text put together with ~ or join is cut, listed or passed on.")
        if isinstance(node, nodes.Filter):
            _check_filter(node, note)
        if isinstance(node, nodes.Dict):
            _check_keys(node, note)
        waiting += _children(node, may)


def _check_filter(node: nodes.Filter, note: Note) -> None:
    """A filter, or one that ``map`` is told the name of."""
    mapped = node.args if node.name == "map" else []
    for name in (node.name, *(part.value if isinstance(part, nodes.Const) else None for part in mapped[:1])):
        if name is None or name in _FORBIDDEN:
            note("filter", node.lineno, f"the filter {name or 'of map'!r} makes markup of a value, or could.")


def _children(node: nodes.Node, may: May) -> Iterator[tuple[nodes.Node, May]]:
    match node:
        case nodes.CondExpr():
            yield node.test, _ALL
            yield from ((branch, may) for branch in (node.expr1, node.expr2) if branch is not None)
        case nodes.Or() | nodes.And():
            yield from ((side, may) for side in (node.left, node.right))
        case nodes.Not() | nodes.Test() | nodes.Compare() | nodes.Operand():
            yield from ((child, _ALL) for child in node.iter_child_nodes())
        case nodes.Concat():
            yield from ((part, _MIXED) for part in node.nodes)
        case nodes.Filter():
            whole = may if node.name in DEFAULTS else _MIXED if node.name in _OF_MIXED else _NOTHING
            yield from ((child, whole) for child in node.iter_child_nodes())
        case nodes.Call():
            whole = _MIXED if called(node) in THEME_FUNCTIONS.keys() - _KEPT else _NOTHING
            yield from ((child, whole) for child in node.iter_child_nodes() if child is not node.node)
            if not _is_member(node.node):
                yield node.node, _NOTHING
        case nodes.Keyword():
            yield node.value, may
        case _:
            yield from ((child, _NOTHING) for child in node.iter_child_nodes())


def _is_member(node: nodes.Node) -> bool:
    """Whether this is a name, or a name of what was imported: what is called, not a value."""
    return isinstance(node, nodes.Name) or (isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name))


def _check_keys(node: nodes.Dict, note: Note) -> None:
    """A dictionary of a template's own must not pass a text off as an address."""
    for pair in node.items:
        key = pair.key.value if isinstance(pair.key, nodes.Const) else None
        if not isinstance(key, str):
            note("address-name", pair.lineno, "the key of a dictionary is not a text.")
        elif is_address_name(key) and not _is_address(pair.value):
            note("address-name", pair.lineno, f"the key {key!r} stands for what is no address.")


def _is_address(value: nodes.Node) -> bool:
    return value_of(value, {}) in (Value.FILE, Value.ADDRESS)


def _check_bindings(node: nodes.Node, made: Made, note: Note) -> None:
    for target, value in _bindings(node):
        if isinstance(target, nodes.NSRef):
            note("reserved", target.lineno, f"{target.name}.{target.attr} is set.")
            continue
        name: Any = target if isinstance(target, str) else target.name
        if name in RESERVED:
            note("reserved", node.lineno, f"{name!r} has a meaning of its own.")
        if is_address_name(name) and (value is None or not _is_address(value)):
            note("address-name", node.lineno, f"{name!r} is bound to what is no address.")
        if value is not None and value_of(value, made) in WHOLE and name not in made:
            note("markup", node.lineno, f"markup, or a text put together, gets the further name {name!r}.")


def _bindings(node: nodes.Node) -> Iterator[tuple[Any, nodes.Node | None]]:
    """The names a statement binds, with their value if it is certain. The loop's own name is Jinja's."""
    match node:
        case nodes.Assign():
            yield from _targets(node.target, node.node)
        case nodes.With():
            for target, value in zip(node.targets, node.values, strict=True):
                yield from _targets(target, value)
        case nodes.AssignBlock() | nodes.For():
            yield from _targets(node.target, None)
        case nodes.Macro():
            yield node.name, None
            yield from ((argument, None) for argument in node.args)
        case nodes.CallBlock():
            yield from ((argument, None) for argument in node.args)
        case nodes.Import() | nodes.FromImport():
            yield from ((name, None) for name in imported_names(node))


def _targets(target: nodes.Node, value: nodes.Node | None) -> Iterator[tuple[nodes.Node, nodes.Node | None]]:
    if isinstance(target, nodes.Tuple):
        for part in all_nodes(target):
            if isinstance(part, nodes.Name | nodes.NSRef):
                yield part, None
    else:
        yield target, value
