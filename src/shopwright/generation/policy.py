"""The Content-Security-Policy of generated pages (CSP Level 3 and Trusted Types): what a page needs and nothing else.

Every page carries its own as a ``<meta>`` element; the header of ``headers.py`` is the union of them all, for what a
meta element cannot say (``frame-ancestors``) and for files that are no pages.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from markupsafe import escape

from shopwright.generation.appearance import EARLY
from shopwright.generation.site import Site

Rules = Mapping[str, Iterable[str]]

SELF = "'self'"
NONE = "'none'"
UNWRITTEN = '<meta http-equiv="Content-Security-Policy" content="">'
"""Stands in a head until the page is there: what a page needs is known when it is rendered."""

_ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.IGNORECASE)
_META = '<meta http-equiv="Content-Security-Policy" content="{}">'


class PagePolicies:
    """The policies of one store's pages. ``inline`` are the texts of its inline scripts, by their hashes."""

    def __init__(self, site: Site, inline: str = "") -> None:
        self._site = site
        self._hash = [source_hash(inline)] if inline else []
        checkout = site.store["checkout"]
        self._checkout = (origin_of(checkout["url"]), str(escape(checkout["url"]))) if checkout else None
        self._written: dict[tuple[bool, bool, bool], str] = {}

    def written(self, html: str) -> str:
        """A rendered page with its policy in the place of ``UNWRITTEN``."""
        forms = "<form" in html or "<FORM" in html
        pays = bool(forms and self._checkout and self._checkout[1] in html)
        inline = "speculationrules" in html
        meta = self._written.get((forms, pays, inline))
        if meta is None:
            targets = [SELF, *([self._checkout[0]] if self._checkout and pays else [])] if forms else [NONE]
            rules = self._rules(targets, self._hash if inline else [])
            meta = self._written[forms, pays, inline] = _META.format(policy_text(rules))
        return html.replace(UNWRITTEN, meta, 1)

    def union(self) -> Rules:
        """What any page may need, and that no other site may show the store in a frame."""
        targets = [SELF, *([self._checkout[0]] if self._checkout else [])]
        rules = self._rules(targets, self._hash)
        return {**rules, "frame-ancestors": [NONE]}

    def _rules(self, forms: Iterable[str], inline: Iterable[str]) -> Rules:
        site = self._site
        endings = {name.rpartition(".")[2] for name in site.assets}
        optional = {
            "font-src": "woff2" in endings,
            "media-src": not endings.isdisjoint({"mp4", "webm"}),
            "worker-src": bool(site.store["offline"]),
        }
        return {
            "default-src": [NONE],
            "script-src": [SELF, _EARLY_HASH, *inline],
            "style-src": [SELF],
            "img-src": [SELF, *filter(None, map(origin_of, site.remote_pictures))],
            "manifest-src": [SELF],
            "connect-src": [SELF],  # also asked by what measures a page from inside: Lighthouse reads robots.txt so
            **{name: [SELF] for name, needed in optional.items() if needed},
            "form-action": forms,
            "base-uri": [NONE],
            "require-trusted-types-for": ["'script'"],
            "trusted-types": site.script_policies or [NONE],
        }


def policy_text(rules: Rules) -> str:
    """A policy as it stands in a header or a meta element."""
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


def source_hash(text: str) -> str:
    """The hash source that allows one inline script, byte for byte."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def origin_of(url: str) -> str:
    """Scheme, host and port of an address as a policy says them; empty for one that would end or widen the policy."""
    parts = urlsplit(url)
    try:
        host = parts.netloc.encode("idna").decode()
    except UnicodeError:
        return ""
    return f"{parts.scheme}://{host}" if _ORIGIN.fullmatch(f"{parts.scheme}://{host}") else ""


_EARLY_HASH = source_hash(EARLY)
