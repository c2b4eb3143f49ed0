"""The check of a theme's templates: the policy, what they ask for that is not there, and what nothing shows."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from shopwright.generation.theme_check.finding import Finding
from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.inspection import inspect_templates
from shopwright.template_engine.texts import FALLBACK, load_texts
from shopwright.template_engine.usage import Usage, read_usage

PAGES = tuple(
    f"{kind}.html"
    for kind in ("home", "collections", "collection", "product", "search", "cart", "content", "not_found")
)
"""The templates that pages are made with."""
CARD = "_card.html"
"""The template behind ``card()``."""

_ADD = "Add it to templates/, or extend a theme that has it."
_TEXTS = "docs/reference/interface-texts.md lists them."


def check_templates(templates: Mapping[str, str], names: Collection[str]) -> list[Finding]:
    """What is wrong with those of a theme's templates (source by name, its parents' too) that ``names`` lists."""
    refusals = inspect_templates(templates, names, THEME_FUNCTIONS)
    refused = {refusal.template for refusal in refusals}
    found = [
        Finding(_file(refusal.template), refusal.line, refusal.rule, refusal.what, refusal.instead, refused=True)
        for refusal in refusals
    ]
    usages = {name: usage for name, source in templates.items() if (usage := read_usage(source)) is not None}
    for name in sorted((set(names) - refused) & usages.keys()):
        found += _check_usage(name, usages[name], templates.keys())
    found += _check_pages(templates.keys(), usages)
    if not refused:
        found += _check_unused(names, usages)
    return found


def _file(template: str) -> str:
    return f"templates/{template}"


def _check_usage(name: str, usage: Usage, templates: Collection[str]) -> Iterator[Finding]:
    texts = load_texts(FALLBACK)
    known = texts.entries.keys()
    for asked in usage.templates:
        if asked.name not in templates:
            what = f"There is no template '{asked.name}'."
            yield Finding(_file(name), asked.line, "template", what, "Add it to the theme, or correct the name.")
    for asked in usage.texts:
        if asked.part and not any(key.startswith(asked.name) for key in known):
            yield Finding(_file(name), asked.line, "text", f"No interface text begins with '{asked.name}'.", _TEXTS)
        elif not asked.part and asked.name not in known:
            close = get_close_matches(asked.name, known, n=1)
            instead = f"Did you mean '{close[0]}'?" if close else _TEXTS
            yield Finding(_file(name), asked.line, "text", f"There is no interface text '{asked.name}'.", instead)
        elif not asked.part and (lacking := [one for one in texts.places(asked.name) if one not in asked.given]):
            what = f"The interface text '{asked.name}' needs a value for {', '.join(lacking)}."
            instead = f'Write t("{asked.name}", {", ".join(f"{one}=…" for one in texts.places(asked.name))}).'
            yield Finding(_file(name), asked.line, "text", what, instead, "warning")
    for misuse in usage.misuses:
        what = f"{misuse.function}() is called wrongly: {misuse.what}."
        yield Finding(_file(name), misuse.line, "argument", what, f"Write {THEME_FUNCTIONS[misuse.function]}.")


def _check_pages(names: Collection[str], usages: dict[str, Usage]) -> Iterator[Finding]:
    missing = ", ".join(f"'{name}'" for name in PAGES if name not in names)
    if missing:
        yield Finding("theme.yaml", 0, "missing-template", f"Pages are made with {missing}: not there.", _ADD)
    if CARD not in names:
        for name, usage in usages.items():
            if usage.shows_cards:
                what = f"card() shows the template '{CARD}', which is not there."
                yield Finding(_file(name), 0, "missing-template", what, _ADD)


def _check_unused(names: Collection[str], usages: dict[str, Usage]) -> Iterator[Finding]:
    shown: set[str] = set()
    waiting = [*PAGES]
    while waiting:
        name = waiting.pop()
        if name not in shown and name in usages:
            shown.add(name)
            waiting += [asked.name for asked in usages[name].templates]
            waiting += [CARD] if usages[name].shows_cards else []
    for name in sorted(set(names) - shown):
        what = "Nothing shows this template."
        instead = "Give it the name of the template it replaces, include it, or take it out."
        yield Finding(_file(name), 0, "unused-file", what, instead, "warning")
