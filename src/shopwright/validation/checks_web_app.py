"""Checks of the store as a web app."""

import orjson

from shopwright.validation.checkout import Checkout
from shopwright.validation.pages import read_pages
from shopwright.validation.registry import Result, check
from shopwright.validation.suite import run_suite

_SIZES = {"192x192", "512x512"}
"""Icons that installing asks for (Chromium's criteria)."""


@check("A6")
def web_app(checkout: Checkout) -> Result:
    """Every language has a whole manifest, every page names it, and in Chromium the worker does what it promises."""
    manifests = sorted(checkout.example.rglob("*.webmanifest"))
    whole = sum(_is_whole(orjson.loads(file.read_bytes())) for file in manifests)
    pages = list(read_pages(checkout.example))
    named = sum(len(page.linked("manifest")) == 1 for page in pages)
    suite = run_suite(checkout.root, checkout.work, "tests/browser/test_offline.py")
    return Result(
        f"{whole} of {len(manifests)} manifests, {named:,} of {len(pages):,} pages, {suite} in Chromium",
        passed=whole == len(manifests) > 0 and named == len(pages) > 0 and suite.whole,
    )


def _is_whole(manifest: dict[str, object]) -> bool:
    icons = manifest.get("icons")
    sizes = {icon["sizes"] for icon in icons} if isinstance(icons, list) else set()
    return all(manifest.get(name) for name in ("name", "start_url", "scope", "display")) and sizes >= _SIZES
