"""What each name of one template stands for: function, macro, imported macros, or a value."""

from collections.abc import Collection, Iterator

from jinja2 import nodes

from shopwright.template_engine.policy import allowed, remedies

Finding = tuple[nodes.Node, str, str, str]


class Names:
    """The names of one template. ``functions`` are those of the theme API.

    A name stands for one thing in the whole template, so that whatever is called is known: no value may take the name
    of a function or a macro, and neither may be used as a value.
    """

    def __init__(self, tree: nodes.Template, functions: Collection[str]) -> None:
        self._functions = frozenset(functions)
        macros = list(tree.find_all(nodes.Macro))
        top_level = {id(node) for node in tree.body}
        self._nested = [macro for macro in macros if id(macro) not in top_level]
        self._macros: dict[str, nodes.Node] = {macro.name: macro for macro in macros}
        for imported in tree.find_all(nodes.FromImport):
            self._macros |= {name if isinstance(name, str) else name[1]: imported for name in imported.names}
        self._modules = {imported.target: imported for imported in tree.find_all(nodes.Import)}
        self._stores = [name for name in tree.find_all(nodes.Name) if name.ctx != "load"]
        self._proper = {*self._called(tree), *self._read(tree)}

    def _called(self, tree: nodes.Template) -> Iterator[int]:
        """Names that are called, and names of imported macros of which one is called."""
        for call in tree.find_all(nodes.Call):
            target = call.node
            if isinstance(target, nodes.Getattr) and isinstance(target.node, nodes.Name):
                target = target.node if target.node.name in self._modules else target
            yield id(target)

    def _read(self, tree: nodes.Template) -> Iterator[int]:
        """The loop, and functions, of which something is read: some templates have such a value; and the caller.

        Of a caller only whether it is there.
        """
        read: list[nodes.Getattr | nodes.Getitem] = [*tree.find_all(nodes.Getattr), *tree.find_all(nodes.Getitem)]
        for target in (part.node for part in read):
            if isinstance(target, nodes.Name) and (target.name in self._functions or target.name == "loop"):
                yield id(target)
        for test in tree.find_all(nodes.Test):
            if isinstance(test.node, nodes.Name) and test.node.name == "caller" and test.name == "defined":
                yield id(test.node)

    def is_function(self, name: str) -> bool:
        """Whether this is a function of the theme API."""
        return name in self._functions

    def may_call(self, called: nodes.Expr) -> bool:
        """Whether what is called is known: a function, a macro, ``caller()``, ``super()``."""
        if isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name):
            return called.node.name in self._modules and not called.attr.startswith("_")
        if not isinstance(called, nodes.Name):
            return False
        known = self._functions | allowed.GLOBALS | self._macros.keys() | {"caller", "super"}
        return called.name in known

    def misuse(self, name: nodes.Name) -> Iterator[Finding]:
        """A name that is used as a value and stands for none."""
        if id(name) in self._proper:
            return
        if name.name in {"self", "kwargs", "varargs"}:
            yield name, "name", f"{name.name} is not allowed.", "Name each block and each argument."
        elif name.name == "loop":
            instead = "Set what you need of it: {% set row = loop.index %}."
            yield name, "loop", "loop cannot be a value.", instead
        elif name.name in allowed.RESERVED or name.name in self._functions or name.name in self._macros:
            yield name, "call", f"{name.name} can only be called.", f"Write {name.name}(…)."
        elif name.name in self._modules:
            yield name, "call", f"{name.name} holds macros.", f"Call one: {name.name}.macro(…)."

    def clashes(self) -> Iterator[Finding]:
        """Names that are given to two things, or to what may not have them; macros inside something else."""
        for macro in self._nested:
            yield macro, "macro", "A macro must not stand inside something else.", "Move it to the top of the template."
        taken = self._functions | allowed.RESERVED
        for name, node in (*self._macros.items(), *self._modules.items()):
            if name in taken or name.startswith("_"):
                yield node, "name", f"{name} cannot be given to a macro.", f"Choose another name: {remedies.REFERENCE}."
        for store in self._stores:
            if store.name in taken or store.name in self._macros or store.name in self._modules:
                what = f"{store.name} is the name of a function or macro: it cannot be given a value."
                yield store, "name", what, "Choose another name."
