"""What kind of value a template's expression has, as far as its form tells: which contexts it may stand in."""

from collections.abc import Iterator, Mapping
from enum import Enum

from jinja2 import nodes

from shopwright.template_engine.contexts.addresses import is_address_name, is_site_address, is_whole_address


class Value(Enum):
    """A kind of value; where several meet, the later one in this list counts."""

    FILE = "the address of a file of the theme"
    ADDRESS = "an address"
    PLAIN = "a value"
    MIXED = "texts put together"
    MARKUP = "markup"


Made = Mapping[str, Value]
"""Names that templates give to texts put together, and to markup."""

_ORDER = list(Value)
_CALLS = {"asset": Value.FILE, "url": Value.ADDRESS} | dict.fromkeys(
    ("t", "date", "number", "money", "range", "collect", "collected"), Value.PLAIN
)
RESERVED = frozenset(_CALLS) | {"site", "caller", "loop", "self", "super", "varargs", "kwargs"}
"""Names that templates must not bind: what they mean decides where their values may stand."""

_CALLABLE = dict.fromkeys(("caller", "self", "super"), Value.MARKUP)

WHOLE = (Value.MIXED, Value.MARKUP)
"""Kinds that must stay whole: a part of them is not escaped where it is printed."""

_PUT_TOGETHER = frozenset({"join"})
DEFAULTS = frozenset({"default", "d"})
"""Filters whose value is that of what they are applied to, or of their argument."""


def value_of(expression: nodes.Node, made: Made) -> Value:
    """The kind of an expression's value. Iterative: chains of operators may be long."""
    kinds = [Value.FILE]
    waiting: list[nodes.Node | None] = [expression]
    while waiting:
        node = waiting.pop()
        match node:
            case None:
                continue
            case nodes.CondExpr():
                waiting += (node.expr1, node.expr2)
            case nodes.Or() | nodes.And():
                waiting += (node.left, node.right)
            case nodes.Filter() if node.name in DEFAULTS:
                waiting += (node.node, *node.args)
            case _:
                kinds.append(simple_value(node, made))
    return max(kinds, key=_ORDER.index)


def stronger(one: Value, other: Value) -> Value:
    """The kind that counts where a name may have either."""
    return max(one, other, key=_ORDER.index)


def simple_value(node: nodes.Node, made: Made) -> Value:
    """The kind of the value of an expression that is no choice between others."""
    match node:
        case nodes.Concat():
            return Value.MIXED
        case nodes.Filter() if node.name in _PUT_TOGETHER:
            return Value.MIXED
        case nodes.Call():
            return _CALLS.get(called(node), Value.MARKUP)
        case nodes.Const() if isinstance(node.value, str) and is_whole_address(node.value):
            return Value.ADDRESS
        case nodes.Name():
            return made.get(node.name) or _CALLABLE.get(node.name) or _named(node.name)
        case nodes.Getattr() | nodes.Getitem():
            return _member(node)
    return Value.PLAIN


def called(call: nodes.Call) -> str:
    """The name of the function a call is of; empty for anything but a name."""
    return call.node.name if isinstance(call.node, nodes.Name) else ""


def _named(name: str) -> Value:
    return Value.ADDRESS if is_address_name(name) else Value.PLAIN


def _member(node: nodes.Getattr | nodes.Getitem) -> Value:
    name = _key(node)
    if name is None:
        return Value.PLAIN
    owner = node.node.name if isinstance(node.node, nodes.Name) else ""
    return Value.ADDRESS if is_address_name(name) or is_site_address(owner, name) else Value.PLAIN


def _key(node: nodes.Node) -> str | None:
    """The constant name an expression reads of another, if it does."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return node.arg.value
    return None


def all_nodes(tree: nodes.Node) -> Iterator[nodes.Node]:
    """Every node of a tree, without recursion."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.iter_child_nodes()


def made_names(tree: nodes.Node) -> Iterator[tuple[str, Value]]:
    """Names that a template gives to macros, to markup or to texts put together."""
    for node in all_nodes(tree):
        match node:
            case nodes.Macro():
                yield node.name, Value.MARKUP
            case nodes.Import() | nodes.FromImport():
                yield from ((name, Value.MARKUP) for name in imported_names(node))
            case nodes.AssignBlock() if isinstance(node.target, nodes.Name):
                yield node.target.name, Value.MARKUP
            case nodes.Assign() if isinstance(node.target, nodes.Name):
                yield from _made(node.target, node.node)
            case nodes.With():
                for target, value in zip(node.targets, node.values, strict=True):
                    yield from _made(target, value)


def imported_names(node: nodes.Import | nodes.FromImport) -> list[str]:
    """The names under which a template gets what it imports."""
    if isinstance(node, nodes.Import):
        return [node.target]
    return [name if isinstance(name, str) else name[1] for name in node.names]


def _made(target: nodes.Node, value: nodes.Node) -> Iterator[tuple[str, Value]]:
    kind = value_of(value, {})
    if isinstance(target, nodes.Name) and kind in WHOLE:
        yield target.name, kind
