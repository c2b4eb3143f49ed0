"""The ``_headers`` file of a site: its response headers, for hosts that read it and for Shopwright's own server.

The text format of Netlify and Cloudflare Pages. Of rules that mean the same file both apply and their values are
joined, so no header is said twice; what a host revalidates by itself (pages) is left to it. Written within Cloudflare's
bounds: 100 rules, 2,000 characters a line.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from shopwright.generation.policy import PagePolicies, policy_text
from shopwright.generation.site import Site
from shopwright.generation.speculation import speculation_rules

FILE = "_headers"
LINE_LENGTH = 2_000

_YEAR = 31_536_000
_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), usb=()"
    ),
}
_HASHED = {"Cache-Control": f"public, max-age={_YEAR}, immutable"}
_ASKED_FOR = {"Cache-Control": "no-cache"}


def header_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The file, as (name, bytes)."""
    rules: dict[str, Mapping[str, str]] = {
        "/*": {"Content-Security-Policy": _policy(site), **_EVERYWHERE, **_transport(site)},
        "/assets/*": _HASHED,
        "/sw.js": _ASKED_FOR,
    }
    blocks = (
        "\n".join([path, *(f"  {name}: {value}" for name, value in said.items())]) for path, said in rules.items()
    )
    yield FILE, ("\n".join(blocks) + "\n").encode()


def _policy(site: Site) -> str:
    """The union of the pages' policies; a service worker fetches pictures too, by its own file's policy: this one."""
    rules = {**PagePolicies(site, speculation_rules(site)).union()}
    if site.store["offline"] and site.remote_pictures:
        rules["connect-src"] = rules["img-src"]
    if len(policy_text(rules)) > LINE_LENGTH - 100:
        anywhere = ["'self'", "https:"]
        rules |= {name: anywhere for name in ("img-src", "connect-src") if name in rules}
    return policy_text(rules)


def _transport(site: Site) -> Mapping[str, str]:
    """HTTP Strict Transport Security (RFC 6797) for a site whose own address is https."""
    return {"Strict-Transport-Security": f"max-age={_YEAR}"} if urlsplit(site.url).scheme == "https" else {}
