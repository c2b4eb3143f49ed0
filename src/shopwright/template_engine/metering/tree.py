"""Where a template pays: a compiled template's syntax tree, with a step of metering at each place that can be dear."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from jinja2 import TemplateAssertionError, nodes
from jinja2.visitor import NodeTransformer

from shopwright.template_engine.metering.meter import TEXT_SHIFT
from shopwright.template_engine.policy.graph import only_defines

N = TypeVar("N", bound=nodes.Node)

PAY, LOOP, MADE, CONCAT, SLICE = "(pay)", "(loop)", "(made)", "(~)", "([:])"
"""Names of the steps among the filters; no template can write them."""
OPENING = 8
"""Price of opening another template, besides its own."""


def comparison(operator: str) -> str:
    """The name of the step for an operator by Jinja's name: ``eq``, ``in``, and so on."""
    return f"({operator})"


def meter_tree(tree: nodes.Template, name: str | None) -> nodes.Template:
    """The same template with its steps of metering. What it shows stays the same."""
    defines = only_defines(tree)
    metered: nodes.Template = _Metering(name).visit(tree)
    if not defines:
        _pay_first(metered)
    return metered


class _Metering(NodeTransformer):
    """Rewrites a tree. A body is weighed before the steps in it are added."""

    def __init__(self, name: str | None) -> None:
        self._name = name

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja's visitors are named after its nodes
        weight = _weight([*node.body, *([node.test] if node.test else [])])
        self.generic_visit(node)
        node.iter = _step(node.iter, LOOP, nodes.Const(weight))
        return node

    def visit_Block(self, node: nodes.Block) -> nodes.Block:  # noqa: N802
        return self._function(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:  # noqa: N802
        return self._function(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.CallBlock:  # noqa: N802
        return self._function(node)

    def _function(self, node: N) -> N:
        self.generic_visit(node)
        _pay_first(node)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        first, *rest = node.nodes
        return _step(first, CONCAT, *rest)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        if len(node.ops) != 1:
            raise TemplateAssertionError("write one comparison at a time", node.lineno, self._name)
        operand = node.ops[0]
        if _is_cheap(node.expr, operand):
            self.generic_visit(node)
            return node
        self.generic_visit(node)
        return _step(node.expr, comparison(operand.op), operand.expr)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if not isinstance(node.arg, nodes.Slice):
            return node
        ends = (node.arg.start, node.arg.stop, node.arg.step)
        return _step(node.node, SLICE, *(end or nodes.Const(None) for end in ends))

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802
        return self._made(node, node.items)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        return self._made(node, node.items) if node.ctx == "load" else node

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802
        return self._made(node, [part for pair in node.items for part in (pair.key, pair.value)])

    def _made(self, node: nodes.Expr, parts: Sequence[nodes.Node]) -> nodes.Node:
        if all(isinstance(part, nodes.Const) for part in parts):
            return node
        self.generic_visit(node)
        return _step(node, MADE)


def _is_cheap(left: nodes.Expr, operand: nodes.Operand) -> bool:
    """A comparison with something written out reads no more than that."""
    right = operand.expr
    if operand.op in {"in", "notin"}:
        listed = isinstance(right, nodes.List | nodes.Tuple)
        return listed and all(isinstance(item, nodes.Const) for item in right.items)  # type: ignore[attr-defined]
    return isinstance(left, nodes.Const) or isinstance(right, nodes.Const)


def _step(node: nodes.Node, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)


def _pay_first(node: Any) -> None:  # noqa: ANN401 - any node with a body
    """Let a body pay its weight whenever it begins."""
    body: list[nodes.Node] = node.body
    line = node.lineno
    pay = _step(nodes.Const(_weight(body), lineno=line), PAY)
    body.insert(0, nodes.ExprStmt(pay, lineno=line))


def _weight(body: Sequence[nodes.Node]) -> int:
    """Nodes of a body and a sixteenth of its characters, without what pays for itself: loops, blocks, macros in it."""
    return 1 + sum(_price(node) for node in _own(body))


def _price(node: nodes.Node) -> int:
    if isinstance(node, nodes.TemplateData):
        return 1 + (len(node.data) >> TEXT_SHIFT)
    return OPENING if isinstance(node, nodes.Include | nodes.Import | nodes.FromImport) else 1


def _own(body: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        left_out = ("body",) if isinstance(node, nodes.For | nodes.Block | nodes.Macro | nodes.CallBlock) else ()
        waiting.extend(node.iter_child_nodes(exclude=left_out))
