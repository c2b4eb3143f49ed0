"""The check of a template's syntax tree: every node, name, filter, test and call against what is allowed."""

import math
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from jinja2 import nodes

from shopwright.template_engine.policy import allowed, filters, limits, remedies
from shopwright.template_engine.policy.names import Names
from shopwright.template_engine.refusal import Refusal

NAME = re.compile(rf"[A-Za-z][A-Za-z0-9_]{{0,{limits.NAME - 1}}}")

Finding = tuple[nodes.Node, str, str, str]
"""Where, which rule, what is not allowed, what to write instead."""


def check_tree(name: str, tree: nodes.Template, functions: Collection[str]) -> list[Refusal]:
    """Every refusal of one template, in no order. ``functions`` are the names of the theme API."""
    names = Names(tree, functions)
    found = [*names.clashes()]
    for place in _walk(tree):
        found.extend(_check_place(place))
        check = _CHECKS.get(type(place.node))
        if check:
            found.extend(check(place.node, names))
    return [Refusal(name, node.lineno or 1, rule, what, instead) for node, rule, what, instead in found]


class _Place(NamedTuple):
    """A node with how many loops and expressions it stands in, and whether a loop can be left from here."""

    node: nodes.Node
    loops: int = 0
    depth: int = 0
    leaves: bool = False


def _walk(tree: nodes.Template) -> Iterator[_Place]:
    """Every node before what is in it; no recursion."""
    waiting = [_Place(tree)]
    while waiting:
        place = waiting.pop()
        yield place
        if type(place.node) in allowed.NODES and place.depth <= limits.EXPRESSION_DEPTH:
            waiting.extend(_inside(place))


def _inside(place: _Place) -> Iterator[_Place]:
    node, loops, depth, leaves = place
    for field, value in node.iter_fields():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, nodes.Node):
                deeper = depth + 1 if isinstance(child, nodes.Expr) else 0
                nested = loops + (isinstance(node, nodes.For) and field == "body")
                yield _Place(child, nested, deeper, _leaves(node, field, leaves))


def _leaves(node: nodes.Node, field: str, before: bool) -> bool:
    """What becomes a function of its own cannot leave the loop around it."""
    if isinstance(node, nodes.For):
        return field == "body" or before
    return before and not isinstance(node, nodes.Macro | nodes.CallBlock | nodes.Block)


def _check_place(place: _Place) -> Iterator[Finding]:
    node = place.node
    if type(node) not in allowed.NODES:
        yield _unknown(node)
    elif place.depth == limits.EXPRESSION_DEPTH + 1:
        yield node, "depth", "The expression is too deep.", "Set parts of it to names first."
    elif place.loops == limits.LOOPS and isinstance(node, nodes.For):
        yield node, "loops", f"Loops are more than {limits.LOOPS} deep.", "Prepare less at once."
    elif isinstance(node, nodes.Break | nodes.Continue) and not place.leaves:
        yield node, "loop", "There is no loop to leave or continue here.", "Move it into the loop itself."


def _unknown(node: nodes.Node) -> Finding:
    kind = type(node).__name__
    instead = remedies.NODES.get(kind, f"What templates may hold: {remedies.REFERENCE}.")
    return node, "node", f"{_WORDS.get(kind, kind)} is not allowed.", instead


_WORDS = {
    "NSRef": "Setting a value inside another",
    "Pow": "The operator **",
    "ScopedEvalContextModifier": "autoescape",
}


def _named(node: nodes.Node, name: str) -> Iterator[Finding]:
    """Names are ASCII, so that no two that look different become one in Python, and none is private."""
    if not NAME.fullmatch(name):
        instead = f"Use a letter, then letters, digits and _, at most {limits.NAME} characters."
        yield node, "name", f"{name[: limits.NAME]!r} is no name for a template.", instead


def _name(node: nodes.Name, names: Names) -> Iterator[Finding]:
    yield from _named(node, node.name)
    if node.ctx == "load":
        yield from names.misuse(node)


def _getattr(node: nodes.Getattr, _: Names) -> Iterator[Finding]:
    yield from _named(node, node.attr)
    yield from _internal(node, node.attr)
    if isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr not in allowed.LOOP_NAMES:
        instead = remedies.METHODS.get(node.attr, f"Use one of: {', '.join(sorted(allowed.LOOP_NAMES))}.")
        yield node, "loop", f"loop.{node.attr[: limits.NAME]} is not allowed.", instead


def _getitem(node: nodes.Getitem, _: Names) -> Iterator[Finding]:
    if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        yield from _internal(node, node.arg.value)


def _internal(node: nodes.Node, key: str) -> Iterator[Finding]:
    if key.startswith("_") or key in allowed.INTERNAL:
        yield node, "name", f"{key[: limits.NAME]!r} is a private name.", "Give the key another name."


def _const(node: nodes.Const, _: Names) -> Iterator[Finding]:
    value = node.value
    too_large = isinstance(value, int | float) and not -limits.LARGEST < value < limits.LARGEST
    if too_large and (isinstance(value, int) or math.isinf(value)):
        yield node, "number", "The number is too large.", "Write a smaller one."


def _call(node: nodes.Call, names: Names) -> Iterator[Finding]:
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        yield node, "call", "Arguments behind * and ** are not allowed.", "Write each argument out."
    yield from _given_once(node, [keyword.key for keyword in node.kwargs])
    if not names.may_call(node.node):
        yield node, "call", *_refused_call(node.node)


def _refused_call(called: nodes.Expr) -> tuple[str, str]:
    if isinstance(called, nodes.Getattr):
        instead = remedies.METHODS.get(called.attr, f"Use a filter: {remedies.REFERENCE}.")
        return f"Calling .{called.attr[: limits.NAME]}() is not allowed.", instead
    name = called.name if isinstance(called, nodes.Name) else ""
    what = f"{name[: limits.NAME]}() is no function of the theme API and no macro of this template."
    return what, remedies.FUNCTIONS.get(name, "Use what docs/reference/theme-api.md lists, or import the macro.")


def _filter(node: nodes.Filter, _: Names) -> Iterator[Finding]:
    for rule, what, instead in filters.check_filter(node):
        yield node, rule, what, instead


def _test(node: nodes.Test, _: Names) -> Iterator[Finding]:
    if node.name not in allowed.TESTS:
        yield node, "test", f"The test {node.name[: limits.NAME]!r} is not allowed.", f"See {remedies.REFERENCE}."
    if node.dyn_args is not None or node.dyn_kwargs is not None or node.kwargs:
        yield node, "test", "A test takes plain arguments only.", "Write each argument out."


def _compare(node: nodes.Compare, _: Names) -> Iterator[Finding]:
    if len(node.ops) > 1:
        yield node, "compare", "One comparison after another is not allowed.", "Write a < b and b < c."


def _for(node: nodes.For, _: Names) -> Iterator[Finding]:
    if node.recursive:
        yield node, "loop", "A loop that calls itself is not allowed.", "Write a loop for each level."


def _macro(node: nodes.Macro, _: Names) -> Iterator[Finding]:
    yield from _named(node, node.name)
    yield from _given_once(node, [argument.name for argument in node.args])


def _call_block(node: nodes.CallBlock, _: Names) -> Iterator[Finding]:
    yield from _given_once(node, [argument.name for argument in node.args])


def _import(node: nodes.Import, _: Names) -> Iterator[Finding]:
    yield from _named(node, node.target)


def _from_import(node: nodes.FromImport, _: Names) -> Iterator[Finding]:
    for name in node.names:
        for part in (name,) if isinstance(name, str) else name:
            yield from _named(node, part)


def _given_once(node: nodes.Node, keys: Sequence[str]) -> Iterator[Finding]:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield node, "call", f"{key[: limits.NAME]} is given twice.", "Give each argument once."
    for key in keys:
        yield from _named(node, key)
        if key in allowed.RESERVED:
            yield node, "name", f"{key} is no name for an argument.", "Choose another name."


def _block(node: nodes.Block, _: Names) -> Iterator[Finding]:
    yield from _named(node, node.name)


def _statement(node: nodes.ExprStmt, names: Names) -> Iterator[Finding]:
    call = node.node
    if not (isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name) and names.is_function(call.node.name)):
        yield node, "do", "do is for functions of the theme API.", 'Write {% do collect("name", value) %}.'


_CHECKS: dict[type[nodes.Node], Callable[..., Iterator[Finding]]] = {
    nodes.Name: _name,
    nodes.Getattr: _getattr,
    nodes.Getitem: _getitem,
    nodes.Const: _const,
    nodes.Call: _call,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.Compare: _compare,
    nodes.For: _for,
    nodes.Macro: _macro,
    nodes.Block: _block,
    nodes.CallBlock: _call_block,
    nodes.Import: _import,
    nodes.FromImport: _from_import,
    nodes.ExprStmt: _statement,
}
