"""Speculation rules: a browser that knows them fetches a product's or collection's page while a pointer rests on it."""

import re
from functools import lru_cache

from markupsafe import Markup

from shopwright.generation.site import Site
from shopwright.template_engine.functions import json_text

WITHOUT = frozenset({"cart"})
"""Kinds of pages that prefetch nothing: who is about to pay does not look around."""

_SPECIAL = re.compile(r"([+*?:{}()\\])")


@lru_cache(maxsize=8)
def _rules(homes: tuple[str, ...]) -> Markup:
    patterns = [_SPECIAL.sub(r"\\\1", home) + part for home in homes for part in ("products/*", "collections/*")]
    where = {"and": [{"href_matches": patterns}, {"not": {"selector_matches": "[rel~=nofollow]"}}]}
    return json_text({"prefetch": [{"source": "document", "where": where, "eagerness": "moderate"}]})


def speculation_rules(site: Site) -> Markup:
    """The rules of a store as JSON; the same on all its pages, so that one hash allows them."""
    return _rules(tuple(site.addresses(locale).home for locale in site.locales))
