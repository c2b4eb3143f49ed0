"""With real workers; what ends them is in ``tests/security/test_confined_limits.py``."""

import os
import signal

import pytest
from tests.security.confined import EDITIONS, EscapedZygotes, theme_of

from shopwright.errors import ContextRefused, RenderLimitHit, ThemeError
from shopwright.template_engine.confinement import pages as pages_module
from shopwright.template_engine.confinement.messages import PageRequest
from shopwright.template_engine.confinement.pages import ConfinedPages
from shopwright.template_engine.confinement.spawn import Worker

THEME = theme_of(page="<p>{{ text }}</p>", wrong="{{ text.x }}")


def request(text, template="page.html"):
    return PageRequest(template, "en", {"text": text})


@pytest.fixture
def records():
    return []


@pytest.fixture
def pages(records):
    with ConfinedPages(THEME, EDITIONS, tenant="acme", record=records.append) as made:
        yield made


@pytest.fixture
def escaped(records):
    """Workers that do as a page's context says."""
    with EscapedZygotes() as zygotes, ConfinedPages(THEME, EDITIONS, zygotes=zygotes, record=records.append) as made:
        yield made


def told(records):
    return [(record.action, record.reason, record.tenant) for record in records]


def test_pages_in_order_and_their_record(pages, records):
    assert pages.html("page.html", "en", {"text": "<"}) == "<p>&lt;</p>"
    assert list(pages.html_many(map(request, "abc"))) == ["<p>a</p>", "<p>b</p>", "<p>c</p>"]
    assert list(pages.html_many([])) == []
    assert records == []
    pages.close()
    assert told(records) == [("template.render", "", "acme")]
    assert records[0].fields["render.pages"] == 4


def test_an_error_costs_its_page(pages, records):
    with pytest.raises(ThemeError, match=r"^wrong\.html, line 1"):
        list(pages.html_many([request("a"), request("b", "wrong.html"), request("c")]))
    with pytest.raises(ContextRefused):
        list(pages.html_many([request("a"), request(object())]))
    assert pages.html("page.html", "en", {"text": "d"}) == "<p>d</p>"
    assert told(records) == [("template.render", "error", "acme")]


def test_without_a_sink_nothing_is_kept():
    with ConfinedPages(THEME, EDITIONS) as pages:
        assert pages.html("page.html", "en", {"text": ""}) == "<p></p>"


def test_a_worker_that_has_worked_long_is_replaced(pages, monkeypatch):
    monkeypatch.setattr(pages_module, "RETIREMENT_MS", -1.0)
    assert list(pages.html_many(map(request, "abc"))) == ["<p>a</p>", "<p>b</p>", "<p>c</p>"]
    first = pages._worker.pid
    assert pages.html("page.html", "en", {"text": "d"}) == "<p>d</p>"
    assert pages._worker.pid != first


def run(pages, code):
    return pages.html("page.html", "en", {"code": code})


def test_a_runaway_is_killed(escaped, records, monkeypatch):
    monkeypatch.setattr(pages_module, "SECONDS", 0.3)
    with pytest.raises(RenderLimitHit, match="it takes longer than"):
        run(escaped, "while True: pass")
    assert run(escaped, "result = 1") == "1"
    assert told(records) == [("template.kill", "time", "")]


LATE = """
import time
end = time.monotonic() + 0.5
while time.monotonic() < end:
    pass
result = "late"
"""


def test_a_page_on_a_busy_machine_has_more_time(escaped, monkeypatch):
    monkeypatch.setattr(pages_module, "SECONDS", 0.3)
    monkeypatch.setattr(Worker, "cpu_seconds", lambda worker: 1.0)
    assert run(escaped, LATE) == "late"


def test_memory_that_runs_out_replaces_the_worker(escaped, records):
    run(escaped, "result = 1")
    first = escaped._worker.pid
    with pytest.raises(RenderLimitHit, match="47 MiB"):
        run(escaped, "raise MemoryError")
    assert run(escaped, "result = 1") == "1"
    assert escaped._worker.pid != first
    assert told(records) == [("template.limit", "memory", "")]


def test_a_worker_that_ends_is_replaced(escaped, records):
    with pytest.raises(ThemeError, match=r"its worker ended \(status 0\)"):
        run(escaped, "import os; os._exit(0)")
    assert run(escaped, "result = 1") == "1"
    assert told(records) == [("template.kill", "died", "")]
    assert records[0].fields["process.exit_code"] == 0


LIE = """
import os
for number in range(3, 64):
    try:
        os.write(number, bytes([255] * 8))
    except OSError:
        pass
"""


def test_a_worker_that_lies_is_treated_as_dead(escaped):
    with pytest.raises(ThemeError, match="its worker ended"):
        run(escaped, LIE)
    assert run(escaped, "result = 1") == "1"


def test_a_worker_killed_between_two_pages_costs_one(pages):
    pages.html("page.html", "en", {"text": ""})
    os.kill(pages._worker.pid, signal.SIGKILL)
    with pytest.raises(ThemeError, match=r"its worker ended \(SIGKILL\)"):
        pages.html("page.html", "en", {"text": ""})
    assert pages.html("page.html", "en", {"text": ""}) == "<p></p>"
