"""What tests of confined rendering share: themes made of a few templates, and workers that do as a test says."""

from shopwright.template_engine.confinement.spawn import Zygotes
from shopwright.template_engine.theme import Theme

FACTS = {"site": {"currency": "EUR"}, "site_data": {}, "texts": {}}
EDITIONS = {"en": FACTS}


def theme_of(**templates):
    """A theme nobody trusts: ``theme_of(page="…")`` has the template ``page.html``."""
    named = {f"{name}.html": source for name, source in templates.items()}
    return Theme(
        name="mine",
        builtin=False,
        templates=named,
        own=frozenset(named),
        styles=(),
        scripts={},
        fonts={},
        preload=(),
        digest="ab" * 32,
        files={},
    )


class EscapedZygotes(Zygotes):
    """Workers that run Python code after lock-down, as after a perfect escape (``escaped_zygote.py``)."""

    program = "tests.security.escaped_zygote"


class UnmeteredZygotes(Zygotes):
    """Workers without metering (``unmetered_zygote.py``)."""

    program = "tests.security.unmetered_zygote"


class UnfilteredZygotes(Zygotes):
    """Workers as on a system without a filter of system calls (``unfiltered_zygote.py``)."""

    program = "tests.security.unfiltered_zygote"
