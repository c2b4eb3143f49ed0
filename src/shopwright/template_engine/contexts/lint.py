"""The contextual check: every expression of every template, in each place of the HTML it can come to stand."""

from collections import defaultdict, deque
from collections.abc import Collection, Mapping

from jinja2 import TemplateSyntaxError, nodes

from shopwright.template_engine.contexts.expressions import check_expressions
from shopwright.template_engine.contexts.rules import RULES
from shopwright.template_engine.contexts.spot import TEXT, Spot
from shopwright.template_engine.contexts.values import Value, all_nodes, made_names, stronger
from shopwright.template_engine.contexts.walk import Note, Walk
from shopwright.template_engine.engine import make_environment
from shopwright.template_engine.refusal import Refusal

MOST_SPOTS = 16
"""Different places of the HTML that one template, or one block, may be included in."""
MOST_READ = 6 << 20
"""Characters of HTML that are read in all, those of a template for each of its spots: a megabyte may take 3 s."""


def lint_contexts(templates: Mapping[str, str], names: Collection[str]) -> tuple[Refusal, ...]:
    """Refusals for everything that could let data become markup, an address or code; sorted, each once.

    ``templates`` are all sources a page may be made of, by name; ``names`` those that are checked. The others are
    followed where those stand in them, and refused only for what comes of where ``names`` put them.
    """
    lint = _Lint(templates, names)
    lint.run()
    return tuple(sorted(lint.refusals))


_ENVIRONMENT = make_environment({})
"""For its parser: the same syntax, the same handling of white space as when pages are rendered."""


class _Lint:
    """One run. A template that is included, and a block, is read once for each different spot it stands at."""

    def __init__(self, templates: Mapping[str, str], names: Collection[str]) -> None:
        self.refusals: set[Refusal] = set()
        self._trees = {name: tree for name in sorted(templates) if (tree := self._parse(name, templates[name]))}
        self._names = names
        self._made = self._collect_made()
        self._blocks = {name: _blocks(tree) for name, tree in self._trees.items()}
        self._heirs = self._find_heirs()
        self._spots: dict[tuple[str, str], set[Spot]] = defaultdict(set)
        self._waiting: deque[tuple[str, str, Spot]] = deque()
        self._read = 0

    def run(self) -> None:
        for name in self._names:
            if name in self._trees:
                check_expressions(self._trees[name], self._made, self._noting(name))
        for name in self._trees:
            self._stand(name, "", TEXT, 1)
        self._read_waiting()
        for name, blocks in self._blocks.items():  # of a parent that is not there, or that has no such block
            for block in blocks:
                if not self._spots[name, block]:
                    self._stand(name, block, TEXT, 1)
        self._read_waiting()

    def _parse(self, name: str, source: str) -> nodes.Template | None:
        try:
            return _ENVIRONMENT.parse(source, name)
        except TemplateSyntaxError as error:
            self._note(name, error.lineno, "syntax", f"{error.message}.")
        except RecursionError:
            self._note(name, 1, "syntax", "it is nested too deep.")
        return None

    def _collect_made(self) -> dict[str, Value]:
        made: dict[str, Value] = {}
        for tree in self._trees.values():
            for name, value in made_names(tree):
                made[name] = stronger(value, made.get(name, value))
        return made

    def _find_heirs(self) -> dict[str, list[str]]:
        """Templates by the template they extend."""
        heirs: dict[str, list[str]] = defaultdict(list)
        for name, tree in self._trees.items():
            parent = _parent(tree)
            if parent:
                heirs[parent].append(name)
        return heirs

    def _stand(self, name: str, block: str, spot: Spot, line: int) -> None:
        """A template, or a block of it, is found to stand at a spot."""
        known = self._spots[name, block]
        if name not in self._trees or spot in known:
            return
        if len(known) >= MOST_SPOTS:
            self._note(name, line, "places", f"it is included in more than {MOST_SPOTS} places of different kinds.")
            return
        known.add(spot)
        self._waiting.append((name, block, spot))

    def _read_waiting(self) -> None:
        while self._waiting:
            name, block, spot = self._waiting.popleft()
            if self._read > MOST_READ:
                self._note(name, 1, "places", f"the theme has more than {MOST_READ:,} characters, place by place.")
                self._waiting.clear()
                return
            walk = Walk(self._made, self._noting(name))
            tree = self._trees[name]
            if block:
                walk.block(self._blocks[name][block], spot)
            else:
                walk.template(tree, spot)
            self._read += walk.read
            for included, at, line in walk.included:
                self._stand(included, "", at, line)
            for inner, at in walk.blocks:
                self._spots[name, inner].add(at)
                self._stand_in_heirs(name, inner, at)

    def _stand_in_heirs(self, name: str, block: str, spot: Spot) -> None:
        """The same block of every template that extends this one stands where this one's does."""
        seen, waiting = {name}, [name]
        while waiting:
            for heir in self._heirs[waiting.pop()]:
                if heir in seen:
                    continue
                seen.add(heir)
                waiting.append(heir)
                if block in self._blocks[heir]:
                    self._stand(heir, block, spot, self._blocks[heir][block].lineno)

    def _noting(self, name: str) -> Note:
        return lambda rule, line, what: self._note(name, line, rule, what)

    def _note(self, name: str, line: int, rule: str, what: str) -> None:
        self.refusals.add(Refusal(name, line, rule, what, RULES[rule]))


def _blocks(tree: nodes.Template) -> dict[str, nodes.Block]:
    return {node.name: node for node in all_nodes(tree) if isinstance(node, nodes.Block)}


def _parent(tree: nodes.Template) -> str | None:
    """The name of the template that a template extends."""
    names = [node.template for node in tree.body if isinstance(node, nodes.Extends)]
    return names[0].value if names and isinstance(names[0], nodes.Const) else None
