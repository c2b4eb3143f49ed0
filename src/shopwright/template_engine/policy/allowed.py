"""What templates of untrusted themes may use: everything that is not listed is refused.

Filters are chosen by cost and safety: what each does is bounded by its operands, it makes no markup, calls nothing it
is handed and reaches no attribute. ``docs/reference/template-policy.md`` shows these tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from jinja2 import nodes

POLICY_VERSION = "1"
"""Changes when any template may get another verdict. Part of every key under which a verdict is kept."""

OPENING_TAGS = frozenset({"block", "call", "filter", "for", "if", "macro", "set", "with"})
"""Tags that wait for an end; ``set`` only without ``=``."""
TAGS = (
    OPENING_TAGS
    | {f"end{name}" for name in OPENING_TAGS}
    | {"break", "continue", "do", "elif", "else", "extends", "from", "import", "include"}
)

STATEMENTS: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport),
    *(nodes.Block, nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.For, nodes.If, nodes.With),
    *(nodes.Assign, nodes.AssignBlock, nodes.ExprStmt, nodes.Break, nodes.Continue),
)
OPERATORS: tuple[type[nodes.Node], ...] = (
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Concat, nodes.CondExpr),
)
EXPRESSIONS: tuple[type[nodes.Node], ...] = (
    *(nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Getattr, nodes.Getitem),
    *(nodes.Slice, nodes.Call, nodes.Keyword, nodes.Filter, nodes.Test),
)
NODES = frozenset((*STATEMENTS, *OPERATORS, *EXPRESSIONS))

LOOP_NAMES = frozenset(
    {"depth", "depth0", "first", "index", "index0", "last", "length", "nextitem", "previtem", "revindex", "revindex0"}
)
"""What may be read of ``loop``."""
GLOBALS = frozenset({"range"})
"""Functions that may be called besides those of the theme API and the template's own macros."""
INTERNAL = frozenset(
    {
        *("ag_code", "ag_frame", "cr_code", "cr_frame", "f_back", "f_builtins", "f_globals", "f_locals", "func_code"),
        *("func_globals", "gi_code", "gi_frame", "mro", "tb_frame", "tb_next"),
    }
)
"""What Python calls its own insides, where the name does not begin with ``_`` anyway."""
RESERVED = GLOBALS | {"caller", "kwargs", "loop", "self", "super", "varargs"}
"""Names that no template may give to a value."""


@dataclass(frozen=True, slots=True)
class FilterRule:
    """How a filter may be used.

    ``positional`` is the most arguments without a name, ``named`` which others it may have. ``names`` says what the
    first argument without a name is, where it must be written out: ``attribute``, ``filter`` or ``test``.
    """

    positional: int = 0
    named: frozenset[str] = frozenset()
    names: str = ""


def _rule(positional: int = 0, *named: str, names: str = "") -> FilterRule:
    return FilterRule(positional, frozenset(named), names)


FILTERS: Mapping[str, FilterRule] = MappingProxyType(
    {
        "abs": _rule(),
        "batch": _rule(2, "linecount", "fill_with"),
        "capitalize": _rule(),
        "count": _rule(),
        "d": _rule(2, "default_value", "boolean"),
        "default": _rule(2, "default_value", "boolean"),
        "dictsort": _rule(0, "case_sensitive", "by", "reverse"),
        "e": _rule(),
        "escape": _rule(),
        "first": _rule(),
        "float": _rule(1, "default"),
        "groupby": _rule(1, "default", "case_sensitive", names="attribute"),
        "int": _rule(1, "default"),
        "items": _rule(),
        "join": _rule(1, "d", "attribute"),
        "last": _rule(),
        "length": _rule(),
        "list": _rule(),
        "lower": _rule(),
        "map": _rule(3, "attribute", "default", names="filter"),
        "max": _rule(0, "case_sensitive", "attribute"),
        "min": _rule(0, "case_sensitive", "attribute"),
        "reject": _rule(2, names="test"),
        "rejectattr": _rule(3, names="attribute"),
        "replace": _rule(2, "old", "new"),
        "reverse": _rule(),
        "round": _rule(2, "precision", "method"),
        "select": _rule(2, names="test"),
        "selectattr": _rule(3, names="attribute"),
        "slice": _rule(2, "slices", "fill_with"),
        "sort": _rule(0, "reverse", "case_sensitive", "attribute"),
        "string": _rule(),
        "sum": _rule(0, "attribute"),
        "title": _rule(),
        "trim": _rule(),
        "truncate": _rule(3, "length", "killwords", "end"),
        "unique": _rule(0, "case_sensitive", "attribute"),
        "upper": _rule(),
        "urlencode": _rule(),
        "wordcount": _rule(),
    }
)

TESTS = frozenset(
    {
        *("boolean", "defined", "divisibleby", "even", "false", "float", "integer", "iterable", "mapping", "none"),
        *("number", "odd", "sequence", "string", "true", "undefined", "lower", "upper"),
        *("eq", "equalto", "ge", "gt", "in", "le", "lt", "ne", "greaterthan", "lessthan"),
        *("==", "!=", ">=", ">", "<=", "<"),
    }
)
