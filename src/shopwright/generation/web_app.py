"""A store as a web app: its manifest in each language (W3C Web Application Manifest) and its service worker."""

from collections.abc import Iterator, Mapping

import orjson

from shopwright.asset_pipeline.service_worker import Shell, retired_worker, service_worker
from shopwright.generation.edition import Edition
from shopwright.generation.plan import OFFLINE_PAGE
from shopwright.generation.site import Site

MANIFEST = "manifest.webmanifest"
WORKER = "sw.js"

_ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable.png", "512x512", "maskable"),
)
_NEVER_KEPT = ("/cart/",)
_SHELL = ("site.css", "site.js", "icon.svg")
_NAME_LENGTH = 30


def web_app_files(
    site: Site, editions: Mapping[str, Edition], digests: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """(file from the site's root, bytes) of every manifest and of the worker.

    ``digests`` tells the SHA-256 of each file of the site: what changes a kept file makes a new version of the worker.
    """
    for edition in editions.values():
        home = edition.addresses.home.removeprefix(edition.addresses.base).lstrip("/")
        yield f"{home}{MANIFEST}", _manifest(edition)
    base = f"{site.addresses(site.default_locale).base}/"
    if not site.store["offline"]:
        yield WORKER, retired_worker(base)
        return
    homes = sorted((edition.addresses.home for edition in editions.values()), key=len, reverse=True)
    shell = [f"assets/{site.assets[name]}" for name in (*_SHELL, *site.preload) if name in site.assets]
    shell += [f"{home.removeprefix(base)}{OFFLINE_PAGE}" for home in homes]
    kept = [(f"{base}{file}", digests[file]) for file in shell]
    yield WORKER, service_worker(Shell(base, kept, [(home, f"{home}{OFFLINE_PAGE}") for home in homes], _NEVER_KEPT))


def _manifest(edition: Edition) -> bytes:
    site, at = edition.site, edition.addresses
    facts = {
        "id": at.home,
        "name": site.store["name"],
        "short_name": site.store["name"][:_NAME_LENGTH],
        "description": edition.context["description"] or edition.context["tagline"],
        "lang": edition.locale,
        "dir": edition.context["dir"],
        "start_url": at.home,
        "scope": f"{at.base}/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": site.store["brand"]["accent"] or "#ffffff",
        "icons": [
            {"src": at.asset(site.assets[name]), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in _ICONS
        ],
    }
    return orjson.dumps({key: value for key, value in facts.items() if value}, option=orjson.OPT_INDENT_2)
