"""Limits of confined rendering: what exceeds one is stopped, the caller is told, and the next page renders."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from tests.security.confined import EDITIONS, UnfilteredZygotes, UnmeteredZygotes, theme_of

from shopwright.errors import ContextRefused, RenderLimitHit, TemplateRefused, ThemeError
from shopwright.template_engine.confinement import pages as confined_pages
from shopwright.template_engine.confinement import pool as render_pool
from shopwright.template_engine.confinement.lockdown import confinement_level
from shopwright.template_engine.confinement.messages import PageRequest, Setup
from shopwright.template_engine.confinement.pages import ConfinedPages
from shopwright.template_engine.confinement.pool import RenderPool
from shopwright.template_engine.secure import TemplateEngine

LOOP = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
MEMORY = "{% set text = 'x' * 60000000 %}{{ text|length }}"
POWER = "{% set n = 10 ** (10 ** 8) %}"  # one operation of C that no signal interrupts
PAGE = "<p>{{ text }}</p>"

ACCEPTED = theme_of(page=PAGE, loop=LOOP)
"""What the checks of templates accept; the others are rendered without having been checked."""
THEME = theme_of(
    page=PAGE, loop=LOOP, memory=MEMORY, power=POWER, wrong="{{ nothing.there }}", long="{{ 'é' * 999999 }}"
)
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what filters a process")
bounds_memory = pytest.mark.skipif(not confinement_level().memory, reason="this system does not bound memory")


def page(pages):
    return pages.html("page.html", "en", {"text": "<b>"})


@pytest.fixture(scope="module")
def pages():
    with ConfinedPages(THEME, EDITIONS) as made:
        yield made


@pytest.fixture
def unmetered(monkeypatch):
    """Pages that nothing but confinement stops; killed after half a second instead of five."""
    monkeypatch.setattr(confined_pages, "SECONDS", 0.5)
    with UnmeteredZygotes() as zygotes, ConfinedPages(THEME, EDITIONS, zygotes=zygotes) as made:
        yield made


def children():
    """Processes below this one, ended ones not counted."""
    return [each for each in psutil.Process().children(recursive=True) if each.status() != psutil.STATUS_ZOMBIE]


def test_a_page_is_what_its_template_says(pages):
    assert page(pages) == "<p>&lt;b&gt;</p>"


def test_fuel_runs_out_without_a_kill(pages):
    page(pages)
    worker = pages._worker
    with pytest.raises(RenderLimitHit, match=r"^loop\.html, line 1: the page needs more than 200,000 units of fuel"):
        pages.html("loop.html", "en", {})
    assert page(pages) == "<p>&lt;b&gt;</p>"
    assert pages._worker is worker


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("wrong", r"^wrong\.html, line 1: 'nothing' is undefined"),
        ("other", r"^other\.html: the template cannot be loaded"),
    ],
)
def test_an_error_keeps_its_place(pages, template, said):
    with pytest.raises(ThemeError, match=said):
        pages.html(f"{template}.html", "en", {})
    assert page(pages) == "<p>&lt;b&gt;</p>"


def test_a_locale_there_is_no_edition_of(pages):
    with pytest.raises(ThemeError, match=r"^page\.html: there is no edition 'xx'. Ask for one of \['en'\]"):
        pages.html("page.html", "xx", {"text": ""})


def test_a_context_is_refused_before_it_is_sent(pages):
    with pytest.raises(ContextRefused, match=r"^file: a value of type PosixPath is not plain data"):
        pages.html("page.html", "en", {"file": Path("/etc/passwd")})


@pytest.mark.parametrize("template", ["loop", "power"])
def test_a_runaway_is_killed_from_outside(unmetered, template):
    page(unmetered)
    worker = unmetered._worker
    with pytest.raises(RenderLimitHit, match=rf"^{template}\.html: it takes longer than 5 s"):
        unmetered.html(f"{template}.html", "en", {})
    assert not psutil.pid_exists(worker.pid)
    assert page(unmetered) == "<p>&lt;b&gt;</p>"


@bounds_memory
def test_memory_is_bounded(unmetered):
    page(unmetered)
    worker = unmetered._worker
    with pytest.raises(RenderLimitHit, match=r"^memory\.html: it needs more than 47 MiB of memory"):
        unmetered.html("memory.html", "en", {})
    assert page(unmetered) == "<p>&lt;b&gt;</p>"
    assert unmetered._worker is not worker


@on_linux
def test_without_a_filter_the_other_layers_stay(monkeypatch):
    """As on macOS or in a container that forbids filters: pages render metered, and the kill comes."""
    monkeypatch.setattr(confined_pages, "SECONDS", 0.5)
    with UnfilteredZygotes() as zygotes, ConfinedPages(THEME, EDITIONS, zygotes=zygotes) as pages:
        assert page(pages) == "<p>&lt;b&gt;</p>"
        assert "Seccomp:\t0" in Path(f"/proc/{pages._worker.pid}/status").read_text()
        with pytest.raises(RenderLimitHit, match="units of fuel"):
            pages.html("loop.html", "en", {})
        os.kill(pages._worker.pid, signal.SIGSTOP)  # a worker that never answers
        with pytest.raises(RenderLimitHit, match="it takes longer than 5 s"):
            page(pages)
        assert page(pages) == "<p>&lt;b&gt;</p>"


@on_linux
def test_with_a_filter_the_kernel_says_so(pages):
    page(pages)
    status = Path(f"/proc/{pages._worker.pid}/status").read_text()
    assert ("Seccomp:\t2" in status) == confinement_level().system_calls


def test_a_page_is_bounded(unmetered):
    theme = theme_of(page=PAGE, long="{% for n in range(3) %}{{ 'é' * 999999 }}{% endfor %}")
    with ConfinedPages(theme, EDITIONS, zygotes=unmetered._zygotes) as pages:
        with pytest.raises(
            RenderLimitHit, match=r"^long\.html: the page has 5,999,994 bytes\. A page has at most 4,194,304"
        ):
            pages.html("long.html", "en", {})
        assert page(pages) == "<p>&lt;b&gt;</p>"


def test_a_worker_that_somebody_else_kills_costs_one_page(pages):
    page(pages)
    os.kill(pages._worker.pid, signal.SIGKILL)
    with pytest.raises(ThemeError, match=r"^page\.html: its worker ended \(SIGKILL\)"):
        page(pages)
    assert page(pages) == "<p>&lt;b&gt;</p>"


def test_a_zygote_that_somebody_else_kills_is_started_again(pages):
    page(pages)
    pages._zygotes._process.kill()
    pages._zygotes._process.wait()
    with pytest.raises(ThemeError, match=r"^page\.html: its worker ended"):
        page(pages)
    assert page(pages) == "<p>&lt;b&gt;</p>"


def test_many_pages_come_in_order_with_what_they_cost(pages):
    requests = [PageRequest("page.html", "en", {"text": "x" * number}) for number in range(50)]
    assert list(pages.html_many(requests)) == [f"<p>{'x' * number}</p>" for number in range(50)]
    first, second = pages.render_many(requests[1:3])
    assert (first.html, first.bytes) == ("<p>x</p>", 8)
    assert first.fuel == second.fuel > 0


def test_large_pages_and_large_contexts_do_not_wait_for_one_another(pages):
    requests = [PageRequest("page.html", "en", {"text": letter * 900_000}) for letter in "abcdef"]
    assert [html[3] for html in pages.html_many(requests)] == list("abcdef")


def test_pages_before_the_one_that_fails_are_given(pages):
    requests = [PageRequest(f"{name}.html", "en", {"text": ""}) for name in ("page", "page", "wrong", "page")]
    given = []
    with pytest.raises(ThemeError, match=r"^wrong\.html"):
        given.extend(iter(pages.html_many(requests)))
    assert given == ["<p></p>"] * 2
    given = []
    with pytest.raises(ContextRefused):
        given.extend(iter(pages.html_many([requests[0], requests[1], PageRequest("page.html", "en", {"_": 1})])))
    assert given == ["<p></p>"] * 2
    assert page(pages) == "<p>&lt;b&gt;</p>"


def test_a_caller_that_stops_asking_leaves_nothing_behind(pages):
    requests = [PageRequest("page.html", "en", {"text": text}) for text in "abc"]
    for html in pages.html_many(requests):
        assert html == "<p>a</p>"
        break
    assert page(pages) == "<p>&lt;b&gt;</p>"


def test_closing_leaves_no_process():
    before = set(children())
    with ConfinedPages(THEME, EDITIONS) as pages:
        page(pages)
        assert len(set(children()) - before) == 2
    assert set(children()) - before == set()


# The pool, for many tenants.


def gathered(*jobs):
    return asyncio.gather(*jobs, return_exceptions=True)


def test_an_engine_renders_for_many_tenants_at_once():
    async def render():
        async with TemplateEngine(ACCEPTED, EDITIONS) as engine:
            return await gathered(
                *(
                    engine.render("page.html", {"text": f"{tenant} {n}"}, locale="en", tenant=tenant)
                    for n in range(25)
                    for tenant in ("a", "b", "c", "d")
                )
            )

    pages = asyncio.run(render())
    assert [each.html for each in pages] == [f"<p>{tenant} {n}</p>" for n in range(25) for tenant in "abcd"]


def test_an_engine_says_what_it_refuses():
    async def render():
        async with TemplateEngine(ACCEPTED, EDITIONS) as engine:
            return await gathered(
                engine.render("nowhere.html", {}, locale="en"),
                engine.render("page.html", {"text": [{"at": object()}]}, locale="en"),
                engine.render("loop.html", {}, locale="en", tenant="acme"),
                engine.render("page.html", {"text": "fine"}, locale="en", tenant="acme"),
            )

    missing, refused, limited, page = asyncio.run(render())
    assert str(missing) == "nowhere.html: the theme has no such template. Ask for one it has."
    assert isinstance(refused, ContextRefused)
    assert refused.where == "text[0].at"
    assert isinstance(limited, RenderLimitHit)
    assert page.html == "<p>fine</p>"


def test_an_engine_opens_only_with_templates_that_are_accepted():
    async def render():
        async with TemplateEngine(THEME, EDITIONS):
            pytest.fail("it opened")

    with pytest.raises(TemplateRefused, match=r"^mine: its templates are refused for (one reason|\d+ reasons)"):
        asyncio.run(render())


def test_runaways_of_one_tenant_do_not_hold_up_the_others(monkeypatch):
    """Two runaways take both places; when they prove slow, workers beside them serve the others before the kill."""
    monkeypatch.setattr(render_pool, "SECONDS", 2.0)

    async def render():
        setup = Setup.of(THEME, EDITIONS)
        with UnmeteredZygotes() as zygotes:
            async with RenderPool(width=2, zygotes=zygotes) as pool:
                bad = [
                    asyncio.ensure_future(pool.render(setup, PageRequest("power.html", "en", {}), "bad"))
                    for _ in range(3)
                ]
                await asyncio.sleep(0)
                good = await gathered(
                    *(
                        pool.render(setup, PageRequest("page.html", "en", {"text": ""}), tenant)
                        for _ in range(10)
                        for tenant in ("one", "two")
                    )
                )
                alive = [job.done() for job in bad]
                return good, alive, await gathered(*bad)

    good, alive, bad = asyncio.run(render())
    assert [page.html for page in good] == ["<p></p>"] * 20
    assert alive == [False, False, False]
    assert [str(error).partition(".")[2] for error in bad] == [
        "html: it takes longer than 5 s. Show less on one page."
    ] * 3


def test_what_happens_is_recorded(monkeypatch):
    monkeypatch.setattr(render_pool, "SECONDS", 0.3)
    records = []

    async def render():
        setup = Setup.of(THEME, EDITIONS)
        with UnmeteredZygotes() as zygotes:
            async with RenderPool(width=1, zygotes=zygotes, record=records.append) as pool:
                for names, tenant in ((["page"] * 3, "a"), (["wrong"], "a"), (["memory"], "b"), (["loop"], "c")):
                    await gathered(
                        *(pool.render(setup, PageRequest(f"{name}.html", "en", {"text": ""}), tenant) for name in names)
                    )

    asyncio.run(render())
    shown = [(each.action, each.outcome, each.reason, each.tenant) for each in records]
    assert shown == [
        ("template.render", "success", "", "a"),
        ("template.render", "failure", "error", "a"),
        ("template.limit", "failure", "memory", "b"),
        ("template.kill", "failure", "time", "c"),
    ]
    assert records[0].fields["render.pages"] == 3
    assert records[0].fields["render.bytes"] == 21
    assert records[1].fields["template.name"] == "wrong.html"
    assert records[3].fields["process.signal"] == "SIGKILL"
    assert {record.fields["file.hash.sha256"] for record in records} == {THEME.digest}


def test_too_many_waiting_pages_are_refused(monkeypatch):
    monkeypatch.setattr("shopwright.template_engine.confinement.turns.MAX_WAITING_TENANT", 3)

    async def render():
        async with TemplateEngine(ACCEPTED, EDITIONS, pool=(pool := RenderPool(width=1))) as engine:
            many = [engine.render("page.html", {"text": ""}, locale="en", tenant="eager") for _ in range(8)]
            other = engine.render("page.html", {"text": ""}, locale="en", tenant="calm")
            try:
                return await gathered(*many, other)
            finally:
                await pool.close()

    *many, other = asyncio.run(render())
    refused = [each for each in many if isinstance(each, RenderLimitHit)]
    assert [str(each) for each in refused] == [
        "3 pages of this tenant and 3 in all wait already. Ask again in a moment, for fewer pages at once."
    ] * 4
    assert other.html == "<p></p>"


def test_a_cancelled_caller_costs_nobody_else_anything(monkeypatch):
    monkeypatch.setattr(render_pool, "SECONDS", 1.0)

    async def render():
        setup = Setup.of(THEME, EDITIONS)
        with UnmeteredZygotes() as zygotes:
            async with RenderPool(width=1, places=1, zygotes=zygotes) as pool:
                running = asyncio.ensure_future(pool.render(setup, PageRequest("loop.html", "en", {})))
                waiting = asyncio.ensure_future(pool.render(setup, PageRequest("loop.html", "en", {})))
                await asyncio.sleep(0.2)
                running.cancel()
                waiting.cancel()
                return await pool.render(setup, PageRequest("page.html", "en", {"text": ""})), running, waiting

    page, running, waiting = asyncio.run(render())
    assert page.html == "<p></p>"
    assert running.cancelled()
    assert waiting.cancelled()


def test_closing_the_pool_fails_what_is_not_done_and_leaves_no_process(monkeypatch):
    """At once: what runs could go on for an hour."""
    monkeypatch.setattr(render_pool, "SECONDS", 3_600)
    before = set(children())

    async def render():
        setup = Setup.of(THEME, EDITIONS)
        with UnmeteredZygotes() as zygotes:
            async with RenderPool(width=1, zygotes=zygotes) as pool:
                jobs = [asyncio.ensure_future(pool.render(setup, PageRequest("loop.html", "en", {}))) for _ in range(3)]
                await asyncio.sleep(0.3)
            with pytest.raises(ThemeError, match=r"^the engine was closed"):
                await pool.render(setup, PageRequest("page.html", "en", {"text": ""}))
            return await gathered(*jobs)

    errors = asyncio.run(render())
    assert {str(error) for error in errors} == {"the engine was closed before the page was rendered. Open it again."}
    assert set(children()) - before == set()


PROGRAM = """
import asyncio, sys
sys.path.insert(0, {root!r})  # an empty entry, where Python starts in, is not passed on to a zygote
from tests.security.confined import EDITIONS, UnfilteredZygotes, UnmeteredZygotes, theme_of
from shopwright.template_engine.confinement.messages import PageRequest, Setup
from shopwright.template_engine.confinement.pool import RenderPool

async def main():
    setup = Setup.of(theme_of(loop={loop!r}), EDITIONS)
    with UnmeteredZygotes() as zygotes:
        async with RenderPool(width=1, zygotes=zygotes) as pool:
            await pool.render(setup, PageRequest("loop.html", "en", {{}}))

asyncio.run(main())
"""


def rendering(program):
    """The zygote and the worker below a program, as soon as the worker is busy."""
    for _ in range(200):
        below = program.children(recursive=True)
        if len(below) == 2 and below[1].cpu_times().user > 0.1:
            return below
        time.sleep(0.05)
    pytest.fail("the program does not render")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL], ids=lambda ending: ending.name)
def test_workers_go_with_their_program(ending, checkout):
    """Ctrl-C (to the whole group, as a terminal sends it), and a kill that lets nobody clean up: no process is left."""
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(loop=LOOP, root=str(checkout))],
        stderr=subprocess.DEVNULL,
        cwd=checkout,
        start_new_session=True,
    )
    with program:
        below = rendering(psutil.Process(program.pid))
        if ending == signal.SIGINT:
            os.killpg(program.pid, ending)
        else:
            program.send_signal(ending)
        assert program.wait(10) != 0
    _, left = psutil.wait_procs(below, timeout=5)
    assert left == []


@pytest.mark.proof
def test_the_kill_comes_after_five_seconds():
    with UnmeteredZygotes() as zygotes, ConfinedPages(THEME, EDITIONS, zygotes=zygotes) as pages:
        page(pages)
        started = time.monotonic()
        with pytest.raises(RenderLimitHit):
            pages.html("power.html", "en", {})
        assert 5 <= time.monotonic() - started < 7
        assert page(pages) == "<p>&lt;b&gt;</p>"
