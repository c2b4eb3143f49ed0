"""What must hold for any template at all."""

import re

from tests.security.grammar import CONTEXT

from shopwright.errors import ThemeError
from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.engine import get_template, make_environment, render
from shopwright.template_engine.metering.environment import make_metered_environment
from shopwright.template_engine.policy.check import check_policy

LEAK = re.compile(r"0x[0-9a-f]{6,}|<function|&lt;function|<built-in|&lt;built-in|object at")


CUTS_MARKUP = re.compile(r"(?:\bm\([^{]*\)|\b[vw]|\be)\)*\s*(?:\||\[)")
"""Where the two differ on purpose: markup that is cut or changed is shown as plain text by metering."""


def t(key, **values):
    """Stands for a function of the theme API."""
    return f"<{key}>" if isinstance(key, str) else "t"


def read(source):
    """The pre-check and the policy answer for any text."""
    return check_policy({"page.html": source}, ["page.html"], THEME_FUNCTIONS)


def run(environment, templates):
    """What a set of templates shows, or the kind of error it ends with; and the fuel it took."""
    environment.allow_directly([t])
    meter = getattr(environment, "meter", None)
    if meter is not None:
        meter.start()
    try:
        shown = render(get_template(environment, "page.html"), {**CONTEXT, "t": t})
    except ThemeError as error:
        shown = error
    return shown, meter.spent if meter is not None else 0


def hold(templates):
    """``refused``, ``stopped`` or ``rendered``. Raises where a property does not hold."""
    accepted = not check_policy(templates, templates.keys(), THEME_FUNCTIONS)
    metered = make_metered_environment(templates)
    first, fuel = run(metered, templates)
    again, fuel_again = run(metered, templates)
    fresh, fuel_fresh = run(make_metered_environment(templates), templates)
    assert fuel == fuel_again == fuel_fresh
    assert str(first) == str(again) == str(fresh)
    if isinstance(first, ThemeError):
        assert not LEAK.search(str(first))
        return "stopped" if accepted else "refused"
    assert fuel <= metered.meter.limit
    assert not LEAK.search(first)
    if accepted and not CUTS_MARKUP.search(templates["page.html"]):
        plain, _ = run(make_environment(templates), templates)
        assert plain == first
    return "rendered" if accepted else "refused"
