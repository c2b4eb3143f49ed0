"""What a payload of template injection does when it is a whole template, and when it is text that a page shows."""

import os
import re
from collections import Counter

from tests.security.confined import EDITIONS

from shopwright.errors import ThemeError
from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.metering.environment import make_metered_environment
from shopwright.template_engine.pages import Pages
from shopwright.template_engine.policy.check import check_policy

SECRET = "a-secret-of-this-process"
PAGE = {"title": "Page", "items": [{"title": "A", "price": 3}]}
LEAK = re.compile(
    rf"0x[0-9a-f]{{6,}}|<function|<built-in|&lt;(?:function|built-in|class|module|bound|Macro|Loop)|uid=|{SECRET}"
)
"""What no page may show: an address, an object's name, the answer of a command, the secret."""


def inject(payload):
    """``refused``, ``stopped`` or ``rendered``. Raises for anything that is no answer of ours, and for a leak."""
    templates = {"page.html": payload, "text.html": "<p>{{ page.title }}</p>"}
    os.environ["SHOPWRIGHT_TEST_SECRET"] = SECRET
    if check_policy(templates, ["page.html"], THEME_FUNCTIONS):
        return _shown(templates, payload, refused=True)
    return _shown(templates, payload, refused=False)


def _shown(templates, payload, *, refused):
    """Refused templates are rendered all the same: metering must hold alone."""
    try:
        html = Pages(make_metered_environment(templates), EDITIONS).html("page.html", "en", {"page": PAGE})
    except (ThemeError, RecursionError, ValueError):
        return "refused" if refused else "stopped"
    leak = LEAK.search(html.replace(payload, ""))
    if leak:
        raise AssertionError(f"{payload!r} shows {leak[0]!r}")
    return "refused" if refused else "rendered"


def show(payload):
    """A page with the payload as its data: it must come out escaped and not worked out."""
    pages = Pages(make_metered_environment({"text.html": "<p>{{ page.title }}</p>"}), EDITIONS)
    return pages.html("text.html", "en", {"page": {"title": payload}})


def verdicts(payloads):
    """How many of many payloads were refused, stopped and rendered."""
    return Counter(map(inject, payloads))
