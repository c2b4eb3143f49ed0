"""Template injection: no payload, ours or of a public collection, gets out of a page."""

import pytest
from markupsafe import escape
from tests.security.injecting import inject, show, verdicts
from tests.security.payloads import ssti_payloads

ALL = ssti_payloads()


def test_no_payload_as_a_template_gets_out():
    counted = verdicts(ALL)
    assert counted.total() == len(ALL) >= 150
    assert counted["refused"] > len(ALL) / 3


def test_no_payload_as_a_text_is_worked_out():
    assert [payload for payload in ALL if show(payload) != f"<p>{escape(payload)}</p>"] == []


@pytest.mark.parametrize("calculation", ["{{ 7*7 }}", "{{ 7*'7' }}"])
def test_a_calculation_is_no_escape(calculation):
    assert inject(calculation) == "rendered"


def test_a_leak_would_be_seen():
    """The control: the same page without the policy and without metering shows an address."""
    from tests.security.injecting import LEAK

    from shopwright.template_engine.engine import make_environment, render

    environment = make_environment({"page.html": "{{ text.upper }}"})
    assert LEAK.search(render(environment.get_template("page.html"), {"text": "A"}))
