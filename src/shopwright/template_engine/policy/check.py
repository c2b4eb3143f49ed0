"""The static policy over the templates of a theme (requirement T4)."""

from collections.abc import Collection, Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes

from shopwright.template_engine.policy import graph, limits
from shopwright.template_engine.policy.source import Scan, scan, syntax_refusal
from shopwright.template_engine.policy.tree import check_tree
from shopwright.template_engine.refusal import Refusal


def check_policy(
    templates: Mapping[str, str], names: Collection[str], functions: Collection[str]
) -> tuple[Refusal, ...]:
    """Everything the policy refuses in those of a theme's templates that ``names`` lists, sorted.

    ``templates`` holds all sources by name, also those of the built-in parents, whose links count; ``functions`` are
    the names of the theme API. Runs no template and never raises for what a template holds.
    """
    return _Check(templates, names, functions).refusals()


class _Check:
    def __init__(self, templates: Mapping[str, str], names: Collection[str], functions: Collection[str]) -> None:
        self._templates = templates
        self._names = sorted(set(names) & templates.keys())
        self._functions = functions
        self._environment = Environment(  # only reads: nothing is ever rendered with it
            autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]
        )
        self._found: list[Refusal] = []
        self._characters = self._tags = self._tokens = 0

    def refusals(self) -> tuple[Refusal, ...]:
        trees = {name: tree for name in self._names if (tree := self._checked(name)) is not None}
        for name, tree in trees.items():
            self._found.extend(check_tree(name, tree, self._functions))
            self._found.extend(graph.check_links(name, tree, self._templates.keys()))
        parents = {name: self._environment.parse(self._templates[name], name) for name in self._parents()}
        self._check_together(trees, parents)
        return tuple(sorted(set(self._found)))

    def _parents(self) -> list[str]:
        return [name for name in sorted(self._templates) if name not in self._names]

    def _checked(self, name: str) -> nodes.Template | None:
        """The tree of a template that the parser may see; none if it may not, or is no Jinja."""
        if not graph.TEMPLATE_NAME.fullmatch(name):
            what, instead = "This is no name for a template.", "Use a-z, 0-9, -, _ and /, and .html at the end."
            self._found.append(Refusal(name, 1, "template", what, instead))
        found = self._scans(name)
        if found.refusals:
            self._found.extend(found.refusals)
            return None
        try:
            return self._environment.parse(self._templates[name], name)
        except TemplateSyntaxError as error:
            self._found.append(syntax_refusal(name, error))
        except RecursionError:  # the bounds prevent it, unless the caller itself stands very deep
            self._found.append(Refusal(name, 1, "depth", "The template is nested too deeply.", "Split it."))
        return None

    def _check_together(self, trees: Mapping[str, nodes.Template], parents: Mapping[str, nodes.Template]) -> None:
        everything = {**parents, **trees}
        opened = {name: graph.links(tree) for name, tree in everything.items()}
        self._found.extend(graph.check_graph(opened, self._names))
        imported = {name for tree in everything.values() for name in graph.imports(tree)}
        for name in sorted(imported & trees.keys()):
            self._found.extend(graph.check_macros_only(name, trees[name]))

    def _scans(self, name: str) -> Scan:
        found = scan(name, self._templates[name], self._environment)
        self._characters += found.characters
        self._tags += found.tags
        self._tokens += found.tokens
        sizes = (
            ("characters", self._characters, limits.THEME_CHARACTERS),
            ("tags", self._tags, limits.THEME_TAGS),
            ("tokens", self._tokens, limits.THEME_TOKENS),
        )
        for what, size, limit in sizes:
            if size > limit:
                said = f"Up to here the theme has more than {limit:,} {what}."
                found.refusals.append(Refusal(name, 1, "theme-size", said, "Take templates out."))
        return found
