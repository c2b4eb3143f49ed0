"""With which headers a file of a site is delivered: by ``shopwright serve``, by a release, by a CDN's edge.

One rule for all of them, so that a preview shows what shoppers get. A site's own ``_headers`` file goes before.
"""

import hashlib

from shopwright.storage.header_rules import HeaderRules
from shopwright.storage.media_types import compresses, media_type

IMMUTABLE = "public, max-age=31536000, immutable"
"""For files whose name holds a hash of their content (RFC 8246)."""

CHECKED = "no-cache"
"""Kept, but never shown without asking: pages, the service worker, the web-app manifest."""

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "DENY",
}
"""On every answer. A page's own Content-Security-Policy stands in the page; ``_headers`` may say more."""

_HASHED = "assets/"
_PAGE = "index.html"
_NO_RULES = HeaderRules()


def is_hashed(path: str) -> bool:
    """Whether a file's name changes with its content: those below ``assets/``."""
    return path.startswith(_HASHED)


def address(path: str) -> str:
    """The path below the site's address at which a file stands: ``de/index.html`` at ``/de/``."""
    folder, slash, name = path.rpartition("/")
    return f"/{folder}{slash}" if name == _PAGE else f"/{path}"


def delivery(path: str, rules: HeaderRules = _NO_RULES) -> dict[str, str]:
    """Response headers of the file ``path`` (relative to the site, with ``/``): all but length, encoding and ETag."""
    kind = media_type(path)
    defaults = {"Content-Type": kind, "Cache-Control": IMMUTABLE if is_hashed(path) else CHECKED, **SECURITY}
    if compresses(kind):
        defaults["Vary"] = "Accept-Encoding"
    return rules.apply(address(path), defaults)


def etag(sha256: str, encoding: str = "") -> str:
    """The strong validator of a file's bytes (RFC 9110, section 8.8.3), another for each encoding of them."""
    return f'"{sha256[:32]}-{encoding}"' if encoding else f'"{sha256[:32]}"'


def surrogate_key(path: str) -> str:
    """The name by which a CDN that knows surrogate keys (Fastly) is told to forget the file at an address."""
    return hashlib.sha256(address(path).encode()).hexdigest()[:16]
