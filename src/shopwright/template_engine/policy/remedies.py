"""What to write in place of what the policy refuses."""

from collections.abc import Mapping
from types import MappingProxyType

REFERENCE = "docs/reference/template-policy.md"

METHODS: Mapping[str, str] = MappingProxyType(
    {
        "append": 'Write {% do collect("name", value) %} and read collected("name").',
        "capitalize": "Write {{ value|capitalize }}.",
        "count": "Write {{ value|length }}.",
        "cycle": "Write {{ [a, b][loop.index0 % 2] }}.",
        "format": "Write {{ a ~ b }}, or t() with named values.",
        "get": "Write {{ value.key|default(other) }}.",
        "items": "Write {% for key, value in mapping|items %}.",
        "join": "Write {{ list|join(text) }}.",
        "keys": "Write {% for key, value in mapping|items %}.",
        "lower": "Write {{ value|lower }}.",
        "replace": "Write {{ value|replace(old, new) }}.",
        "strip": "Write {{ value|trim }}.",
        "title": "Write {{ value|title }}.",
        "upper": "Write {{ value|upper }}.",
        "values": "Write {% for key, value in mapping|items %}.",
    }
)
FILTERS: Mapping[str, str] = MappingProxyType(
    {
        "attr": "Write {{ value.name }}, or {{ value[key] }} for a key of the data.",
        "filesizeformat": "Write {{ number(value) }} and the unit.",
        "format": "Write {{ a ~ b }}, or t() with named values.",
        "forceescape": "Leave it out: everything is escaped once, where it is shown.",
        "safe": "Leave it out: rich text of the catalogue is shown as it is, everything else is escaped.",
        "striptags": "Show a plain field, such as product.summary.",
        "tojson": 'Write {{ data("id", value) }}.',
        "urlize": 'Write the link out: <a href="{{ url(value) }}">.',
        "xmlattr": "Write the attributes out.",
    }
)
NODES: Mapping[str, str] = MappingProxyType(
    {
        "NSRef": 'Write {% do collect("name", value) %} and read collected("name").',
        "Pow": "Multiply.",
        "EvalContextModifier": "Leave it out: everything is escaped.",
        "ScopedEvalContextModifier": "Leave it out: everything is escaped.",
    }
)
TAGS: Mapping[str, str] = MappingProxyType(
    {
        "autoescape": "Leave it out: everything is escaped.",
        "trans": 'Write {{ t("key") }}.',
        "pluralize": 'Write {{ t("key", count=number) }}.',
    }
)
FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "cycler": "Write {{ [a, b][loop.index0 % 2] }}.",
        "dict": "Write {{ {key: value} }}.",
        "joiner": "Write {% if not loop.first %}, {% endif %}.",
        "lipsum": "Write the text out.",
        "loop": "Write a macro and call it.",
        "namespace": 'Write {% do collect("name", value) %} and read collected("name").',
    }
)
