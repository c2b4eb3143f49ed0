"""Every rule by its id: the one table that the report and ``docs/reference/audit-rules.md`` are made from."""

from collections.abc import Mapping
from types import MappingProxyType

from shopwright.seo.gate.rules.access import ACCESS
from shopwright.seo.gate.rules.markup import MARKUP
from shopwright.seo.gate.rules.rule import Rule
from shopwright.seo.gate.rules.search import SEARCH
from shopwright.seo.gate.rules.site import SITE

GROUPS: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {"Markup": MARKUP, "Accessibility": ACCESS, "Search and loading": SEARCH, "The whole site": SITE}
)
"""The rules by what they are about, as the report shows them."""

RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for group in GROUPS.values() for rule in group})
