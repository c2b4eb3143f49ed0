"""The example store looked at in a browser, once for all checks that ask what it is like there."""

import dataclasses
from functools import lru_cache
from pathlib import Path

from shopwright.browser_audit.audit import audit_in_browser
from shopwright.browser_audit.order import FULL, BrowserOrder
from shopwright.browser_audit.report import BrowserReport
from shopwright.browser_audit.toolbox import prepare_toolbox
from shopwright.settings import current_settings
from shopwright.validation.checkout import BUILD_DATE, Checkout

DEPTH = dataclasses.replace(
    FULL, name="validation", locales=1, screens=((320, "light"), (390, "dark"), (1280, "light")), walks=(390,)
)
"""Every kind of page on both screens with three runs, in the store's own language; markup in every language."""


def look_at_example(checkout: Checkout) -> BrowserReport:
    """The browser audit of the built example store. Raises ``BuildError``, ``BrowserAuditError``."""
    return _look(checkout.example)


@lru_cache(maxsize=1)
def _look(site: Path) -> BrowserReport:
    settings = current_settings()
    toolbox = prepare_toolbox(settings.cache, settings.chromium, _quiet)
    return audit_in_browser(BrowserOrder(site, BUILD_DATE, depth=DEPTH), toolbox, _quiet)


def _quiet(_what: str) -> None:
    """A check says only its figure."""
