"""How the templates of a theme name one another: constants, never in a circle, and not too often."""

import re
from collections.abc import Collection, Iterator, Mapping

from jinja2 import nodes

from shopwright.template_engine.policy import limits
from shopwright.template_engine.refusal import Refusal

TEMPLATE_NAME = re.compile(r"[a-z0-9_/-]+\.html")
_LINKS = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)

Links = Mapping[str, list[tuple[str, int]]]
"""By template the names it opens, with the lines."""


def check_links(name: str, tree: nodes.Template, known: Collection[str]) -> list[Refusal]:
    """What is wrong with the names in ``extends``, ``include`` and ``import`` of one template."""
    return [
        Refusal(name, node.lineno, "template", what, instead)
        for node in tree.find_all(_LINKS)
        for what, instead in _check_link(node, known)
    ]


def _check_link(node: nodes.Node, known: Collection[str]) -> Iterator[tuple[str, str]]:
    named = _named(node)
    if named is None:
        yield (
            "The name of a template must be written out.",
            'Write {% include "_part.html" %}, inside {% if %} if need be.',
        )
    elif not TEMPLATE_NAME.fullmatch(named):
        yield "This is no name of a template.", "Use a-z, 0-9, -, _ and /, and .html at the end."
    elif named not in known:
        yield f"There is no template {named!r}.", "Add it to the theme, or correct the name."
    if isinstance(node, nodes.Include) and not node.with_context:
        yield "An include without context is not allowed.", "Leave without context out."


def links(tree: nodes.Template) -> list[tuple[str, int]]:
    """The templates that a template opens, with the lines."""
    return [(named, node.lineno) for node in tree.find_all(_LINKS) if (named := _named(node)) is not None]


def imports(tree: nodes.Template) -> set[str]:
    """The templates whose macros a template uses."""
    return {_named(node) or "" for node in tree.find_all((nodes.Import, nodes.FromImport))}


def check_macros_only(name: str, tree: nodes.Template) -> list[Refusal]:
    """A template that is imported holds macros and fixed values, so that importing it does nothing."""
    return [
        Refusal(name, node.lineno, "import", "An imported template may only hold macros.", "Move the rest elsewhere.")
        for node in tree.body
        if not _defines(node)
    ]


def only_defines(tree: nodes.Template) -> bool:
    """Whether a template holds macros and fixed values only."""
    return all(map(_defines, tree.body))


def _defines(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Output):
        return all(isinstance(part, nodes.TemplateData) and not part.data.strip() for part in node.nodes)
    if isinstance(node, nodes.Assign):
        return isinstance(node.node, nodes.Const)
    return isinstance(node, nodes.Macro | nodes.Import | nodes.FromImport)


def _named(node: nodes.Node) -> str | None:
    template = getattr(node, "template", None)
    return template.value if isinstance(template, nodes.Const) and isinstance(template.value, str) else None


def check_graph(opened: Links, names: Collection[str]) -> list[Refusal]:
    """Circles, chains and numbers of templates, over the whole theme; only templates in ``names`` are refused."""
    circles = [refusal for name in sorted(names) for refusal in _circle(opened, name)]
    return circles or _check_chains(opened, names)


def _circle(opened: Links, name: str) -> list[Refusal]:
    for child, line in opened.get(name, ()):
        if name in _reachable(opened, child):
            what = f"Opening {child!r} leads back to this template."
            return [Refusal(name, line, "circle", what, "Break the circle.")]
    return []


def _reachable(opened: Links, start: str) -> set[str]:
    """A template and all that it opens, directly or not."""
    reached, waiting = {start}, [start]
    while waiting:
        fresh = {child for child, _ in opened.get(waiting.pop(), ())} - reached
        reached |= fresh
        waiting.extend(fresh)
    return reached


def _check_chains(opened: Links, names: Collection[str]) -> list[Refusal]:
    depths: dict[str, int] = {}
    counts: dict[str, int] = {}
    refusals: list[Refusal] = []
    for name in _children_first(opened):
        known = [child for child, _ in opened[name] if child in depths]
        depths[name] = 1 + max((depths[child] for child in known), default=0)
        counts[name] = 1 + sum(counts[child] for child in known)
        if name in names and depths[name] > limits.TEMPLATE_DEPTH:
            what = f"The chain of templates is longer than {limits.TEMPLATE_DEPTH}."
            refusals.append(Refusal(name, opened[name][0][1], "chain", what, "Put some of them together."))
        if name in names and counts[name] > limits.UNROLLED:
            what = f"It opens more than {limits.UNROLLED:,} templates, each counted as often as it is named."
            refusals.append(Refusal(name, opened[name][0][1], "chain", what, "Use a loop or a macro."))
    return refusals


def _children_first(opened: Links) -> list[str]:
    """The templates, each after those it opens; there are no circles."""
    order: dict[str, None] = {}
    for start in sorted(opened):
        waiting = [start]
        while waiting:
            children = [child for child, _ in opened[waiting[-1]] if child in opened and child not in order]
            if children:
                waiting.append(children[0])
            else:
                order[waiting.pop()] = None
    return list(order)
