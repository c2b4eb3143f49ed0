"""Walks through one template's statements with a spot, and reads its HTML on the way."""

from collections.abc import Callable, Sequence
from typing import TypeGuard

from jinja2 import nodes

from shopwright.template_engine.contexts.acceptance import after_printing, refused_by
from shopwright.template_engine.contexts.markup import read
from shopwright.template_engine.contexts.spot import LOST, TEXT, Spot, join, returns
from shopwright.template_engine.contexts.values import Made, Value, value_of

MOST_NESTED = 40
"""Statements within statements."""

MOST_NOTED = 100
"""Findings in the HTML of one template: more tell nothing new."""

Note = Callable[[str, int, str], None]
"""Called with a rule, the line where it is broken, and what is not allowed."""

_WITHOUT_OUTPUT = (nodes.Assign, nodes.ExprStmt)
_IMPORTS = (nodes.Import, nodes.FromImport)
_BESIDE_BLOCKS = (*_WITHOUT_OUTPUT, *_IMPORTS, nodes.Block, nodes.Macro, nodes.AssignBlock)


class Walk:
    """One way through a template or a block.

    Afterwards ``included`` and ``blocks`` hold what stands in it, where; ``read`` counts its characters of HTML.
    """

    def __init__(self, made: Made, note: Note) -> None:
        self.included: list[tuple[str, Spot, int]] = []
        self.blocks: list[tuple[str, Spot]] = []
        self._made = made
        self._note = note
        self.read = 0
        self._loops: list[Spot] = []
        self._nested = 0
        self._noted = 0
        self._ways: dict[type[nodes.Node], Callable[..., Spot]] = {
            nodes.Output: self._output,
            nodes.If: self._if,
            nodes.For: self._for,
            nodes.Block: self._block,
            nodes.Include: self._include,
            nodes.Macro: self._macro,
            nodes.CallBlock: self._call_block,
            nodes.AssignBlock: self._assign_block,
            nodes.With: lambda node, spot: self._body(node.body, spot),
            nodes.Break: self._leave_loop,
            nodes.Continue: self._leave_loop,
            **dict.fromkeys(_IMPORTS, self._import),
            **dict.fromkeys(_WITHOUT_OUTPUT, lambda _, spot: spot),
        }

    def template(self, tree: nodes.Template, spot: Spot) -> None:
        """A whole template; of one that extends another not the blocks, which stand where the parent's do."""
        if any(isinstance(node, nodes.Extends) for node in tree.body):
            self._child(tree.body)
        else:
            self._returning(tree.body, spot, _last_line(tree.body))

    def block(self, block: nodes.Block, spot: Spot) -> None:
        """A block where the parent's block of that name stands."""
        self._block(block, spot)

    def _child(self, body: Sequence[nodes.Node]) -> None:
        extended = False
        for node in body:
            blank = isinstance(node, nodes.Output) and _is_blank(node)
            first = isinstance(node, nodes.Extends) and not extended and _is_text(node.template)
            if not (blank or first or (extended and isinstance(node, _BESIDE_BLOCKS))):
                self._note("extends", _first_line(node), "this stands beside extends, and in no block.")
            extended = extended or isinstance(node, nodes.Extends)
            if isinstance(node, nodes.Macro | nodes.AssignBlock | nodes.Import | nodes.FromImport):
                self._visit(node, TEXT)

    def _body(self, body: Sequence[nodes.Node], spot: Spot) -> Spot:
        for node in body:
            spot = self._visit(node, spot)
        return spot

    def _visit(self, node: nodes.Node, spot: Spot) -> Spot:
        way = self._ways.get(type(node))
        if way is None:
            return self._lost("statement", node, f"the statement {type(node).__name__.lower()} is not allowed here.")
        if self._nested >= MOST_NESTED:
            return self._lost("nesting", node, f"statements are nested deeper than {MOST_NESTED}.")
        self._nested += 1
        spot = way(node, spot)
        self._nested -= 1
        return spot

    def _lost(self, rule: str, node: nodes.Node, what: str) -> Spot:
        self._note(rule, node.lineno, what)
        return LOST

    def _returning(self, body: Sequence[nodes.Node], spot: Spot, line: int) -> Spot:
        """Walk through what may be left out, come again, or be put in another's place."""
        end = self._body(body, spot)
        if not returns(spot, end):
            self._note("returns", line, f"this begins in {spot.place.value} and ends in {end.place.value}.")
            return LOST
        return spot if end is not LOST else LOST

    def _output(self, node: nodes.Output, spot: Spot) -> Spot:
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                self.read += len(part.data)
                spot = read(part.data, spot, self._in_data(part))
            else:
                spot = self._print(value_of(part, self._made), spot, part.lineno)
        return spot

    def _in_data(self, data: nodes.TemplateData) -> Note:
        def note(rule: str, at: int, what: str) -> None:
            self._noted += 1
            if self._noted <= MOST_NOTED:  # finding the line takes time
                self._note(rule, data.lineno + data.data.count("\n", 0, at), what)

        return note

    def _print(self, value: Value, spot: Spot, line: int) -> Spot:
        refused = refused_by(spot, value)
        if refused is not None:
            self._note(refused[0], line, refused[1])
        return after_printing(spot)

    def _if(self, node: nodes.If, spot: Spot) -> Spot:
        after = self._body(node.body, spot)
        for body in (*(other.body for other in node.elif_), node.else_):
            joined = join(after, self._body(body, spot))
            if joined is None:
                return self._lost("branches", node, "the branches of this if end in different places of the HTML.")
            after = joined
        return after

    def _for(self, node: nodes.For, spot: Spot) -> Spot:
        if node.recursive:
            return self._lost("statement", node, "a recursive loop is not allowed.")
        self._loops.append(spot)
        after = self._returning(node.body, spot, node.lineno)
        self._loops.pop()
        otherwise = self._returning(node.else_, spot, node.lineno)
        return LOST if LOST in (after, otherwise) else spot

    def _leave_loop(self, node: nodes.Node, spot: Spot) -> Spot:
        if self._loops and returns(self._loops[-1], spot):
            return spot
        return self._lost("returns", node, "the loop is left in the middle of markup.")

    def _block(self, node: nodes.Block, spot: Spot) -> Spot:
        self.blocks.append((node.name, spot))
        return self._returning(node.body, spot, node.lineno)

    def _include(self, node: nodes.Include, spot: Spot) -> Spot:
        given = node.template
        names = given.items if isinstance(given, nodes.List | nodes.Tuple) else [given]
        for name in names:
            if not _is_text(name):
                return self._lost("name", node, "the name of the included template is not written out.")
            if spot is not LOST:
                self.included.append((name.value, spot, node.lineno))
        return spot

    def _import(self, node: nodes.Import | nodes.FromImport, spot: Spot) -> Spot:
        """What is imported is read as a template of its own; its macros print where they are called."""
        if _is_text(node.template):
            return spot
        return self._lost("name", node, "the name of the imported template is not written out.")

    def _apart(self, body: Sequence[nodes.Node], line: int) -> None:
        """What is made here and printed elsewhere is text of the page."""
        loops, self._loops = self._loops, []
        self._returning(body, TEXT, line)
        self._loops = loops

    def _macro(self, node: nodes.Macro, spot: Spot) -> Spot:
        self._apart(node.body, node.lineno)
        return spot

    def _call_block(self, node: nodes.CallBlock, spot: Spot) -> Spot:
        self._apart(node.body, node.lineno)
        return self._print(Value.MARKUP, spot, node.lineno)

    def _assign_block(self, node: nodes.AssignBlock, spot: Spot) -> Spot:
        if node.filter is not None:
            return self._lost("filter", node, "a filter is applied to markup.")
        self._apart(node.body, node.lineno)
        return spot


def _is_text(node: nodes.Node) -> TypeGuard[nodes.Const]:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _is_blank(node: nodes.Output) -> bool:
    return all(isinstance(part, nodes.TemplateData) and not part.data.strip() for part in node.nodes)


def _first_line(node: nodes.Node) -> int:
    """Where a statement begins, or what is printed, after blank lines."""
    for part in node.nodes if isinstance(node, nodes.Output) else ():
        if not isinstance(part, nodes.TemplateData):
            return part.lineno
        if part.data.strip():
            return part.lineno + part.data.count("\n", 0, len(part.data) - len(part.data.lstrip()))
    return node.lineno


def _last_line(body: Sequence[nodes.Node]) -> int:
    return max((node.lineno for node in body), default=1)
