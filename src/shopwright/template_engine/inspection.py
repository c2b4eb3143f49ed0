"""Whether the templates of a theme nobody has to trust may be used: the policy, then the contextual check."""

import hashlib
from collections.abc import Collection, Mapping

import jinja2
import orjson

from shopwright.errors import TemplateRefused
from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.contexts.lint import lint_contexts
from shopwright.template_engine.policy.allowed import POLICY_VERSION
from shopwright.template_engine.policy.check import check_policy
from shopwright.template_engine.refusal import Refusal
from shopwright.template_engine.theme import Theme

SHOWN = 20
"""Most refusals that an error tells."""
VERDICTS_KEPT = 64


def inspect_templates(
    templates: Mapping[str, str], names: Collection[str], functions: Collection[str]
) -> tuple[Refusal, ...]:
    """Everything that is refused in those of a theme's templates that ``names`` lists, sorted.

    ``templates`` holds all sources by name, ``functions`` are the names of the theme API. The contextual check sees
    only templates that the policy accepts, since only those are known to be small.
    """
    refusals = check_policy(templates, names, functions)
    refused = {refusal.template for refusal in refusals}
    accepted = [name for name in names if name not in refused]
    readable = {name: source for name, source in templates.items() if name not in refused}
    return tuple(sorted({*refusals, *lint_contexts(readable, accepted)}))


def refuse_unsafe(theme: Theme) -> None:
    """Raise ``TemplateRefused`` if a template of a theme's own may not be used; it tells ``SHOWN`` reasons."""
    refusals = refusals_of(theme)
    if refusals:
        more = f"\n… and {len(refusals) - SHOWN} more" if len(refusals) > SHOWN else ""
        told = "\n".join(map(str, refusals[:SHOWN]))
        reasons = "one reason" if len(refusals) == 1 else f"{len(refusals):,} reasons"
        raise TemplateRefused(
            f"its templates are refused for {reasons}:\n{told}{more}",
            where=theme.name,
            remedy="See docs/reference/template-policy.md.",
        )


def refusals_of(theme: Theme) -> tuple[Refusal, ...]:
    """Everything that is refused in a theme's own templates, sorted; a verdict on the same theme is given again."""
    if not theme.own:
        return ()
    key = verdict_key(theme.templates, theme.own)
    if key not in _VERDICTS:
        while len(_VERDICTS) >= VERDICTS_KEPT:
            del _VERDICTS[next(iter(_VERDICTS))]
        _VERDICTS[key] = inspect_templates(theme.templates, theme.own, THEME_FUNCTIONS)
    return _VERDICTS[key]


_VERDICTS: dict[str, tuple[Refusal, ...]] = {}
"""Verdicts by their key: a theme is loaded again for each preview and each job."""


def verdict_key(templates: Mapping[str, str], names: Collection[str]) -> str:
    """What a verdict on templates depends on, as SHA-256: their texts, the policy, the theme API, Jinja's release."""
    said = [POLICY_VERSION, jinja2.__version__, sorted(THEME_FUNCTIONS), sorted(names), sorted(templates.items())]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()
