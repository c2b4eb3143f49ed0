"""The check of one use of a filter."""

import re
from collections.abc import Iterator

from jinja2 import nodes

from shopwright.template_engine.policy import allowed, limits, remedies

ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.(?:[A-Za-z][A-Za-z0-9_]*|[0-9]{1,5}))*")

Finding = tuple[str, str, str]
"""Which rule, what is not allowed, what to write instead."""


def check_filter(node: nodes.Filter) -> Iterator[Finding]:
    """What is wrong with a filter and its arguments."""
    rule = allowed.FILTERS.get(node.name)
    if rule is None:
        instead = remedies.FILTERS.get(node.name, f"The filters there are: {remedies.REFERENCE}.")
        yield "filter", f"The filter {node.name[: limits.NAME]!r} is not allowed.", instead
        return
    keys = {keyword.key for keyword in node.kwargs}
    dynamic = node.dyn_args is not None or node.dyn_kwargs is not None
    if dynamic or len(node.args) > rule.positional or keys - rule.named:
        yield "filter", f"{node.name} does not take these arguments.", f"See {remedies.REFERENCE}."
        return
    for keyword in node.kwargs:
        if keyword.key == "attribute" and not _is_attribute(keyword.value):
            yield "attribute", f"{node.name}: attribute must be written out.", 'Write attribute="name".'
    if rule.names and (node.args or rule.names != "filter"):
        yield from _NAMED[rule.names](node)


def _is_attribute(node: nodes.Expr) -> bool:
    if not isinstance(node, nodes.Const):
        return False
    if isinstance(node.value, str):
        return all(ATTRIBUTE.fullmatch(part) for part in node.value.split(","))
    return type(node.value) is int


def _text(node: nodes.Filter, place: int) -> str | None:
    """An argument that is written out as a text."""
    argument = node.args[place] if place < len(node.args) else None
    value = argument.value if isinstance(argument, nodes.Const) else None
    return value if isinstance(value, str) else None


def _attribute(node: nodes.Filter) -> Iterator[Finding]:
    if not node.args or not _is_attribute(node.args[0]):
        yield "attribute", f"{node.name}: the attribute must be written out.", f'Write {node.name}("name").'
    elif node.name.endswith("attr") and len(node.args) > 1:
        yield from _tested(node, 1)


def _test(node: nodes.Filter) -> Iterator[Finding]:
    if node.args:
        yield from _tested(node, 0)


def _tested(node: nodes.Filter, place: int) -> Iterator[Finding]:
    if _text(node, place) not in allowed.TESTS:
        yield "test", f"{node.name}: the test must be written out and allowed.", f"See {remedies.REFERENCE}."


def _filter(node: nodes.Filter) -> Iterator[Finding]:
    rule = allowed.FILTERS.get(_text(node, 0) or "")
    if rule is None or rule.names or len(node.args) - 1 > rule.positional:
        yield "filter", f"{node.name}: the filter must be written out and allowed.", f"See {remedies.REFERENCE}."


_NAMED = {"attribute": _attribute, "filter": _filter, "test": _test}
