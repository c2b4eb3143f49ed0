"""With real workers; runaways and ends of programs are in ``tests/security/test_confined_limits.py``."""

import asyncio

import pytest
from tests.security.confined import EDITIONS, EscapedZygotes, theme_of

from shopwright.errors import AuditLogError, ContextRefused, RenderLimitHit, ThemeError
from shopwright.template_engine.confinement import journal, seats, turns
from shopwright.template_engine.confinement import pool as pool_module
from shopwright.template_engine.confinement.messages import PageRequest, Setup
from shopwright.template_engine.confinement.pool import RenderPool

SETUP = Setup.of(theme_of(page=""), EDITIONS)
SPIN = "while True: pass"


@pytest.fixture(scope="module")
def zygotes():
    """Workers that do as a page's context says."""
    with EscapedZygotes() as made:
        yield made


def page(pool, code="result = context['text']", text="", tenant="acme"):
    return pool.render(SETUP, PageRequest("page.html", "en", {"code": code, "text": text}), tenant)


def pooled(zygotes, use, **options):
    """Run ``use(pool)`` in a loop."""

    async def run():
        async with RenderPool(zygotes=zygotes, **options) as pool:
            return await use(pool)

    return asyncio.run(run())


def gathered(*jobs):
    return asyncio.gather(*jobs, return_exceptions=True)


def told(records):
    return [(each.action, each.reason, each.tenant, each.fields.get("render.pages")) for each in records]


def test_pages_of_many_tenants(zygotes, monkeypatch):
    monkeypatch.setattr(pool_module, "TURN", 2)
    records = []

    async def use(pool):
        jobs = [page(pool, text=f"{tenant}{n}", tenant=tenant) for n in range(5) for tenant in "ab"]
        return [each.html for each in await gathered(*jobs)]

    assert pooled(zygotes, use, width=1, record=records.append) == [f"{tenant}{n}" for n in range(5) for tenant in "ab"]
    assert sorted(told(records)) == [("template.render", "", "a", 5), ("template.render", "", "b", 5)]


def test_a_full_batch_is_recorded_at_once(zygotes, monkeypatch):
    monkeypatch.setattr(journal, "BATCH", 2)
    records = []
    pooled(zygotes, lambda pool: gathered(*(page(pool) for _ in range(3))), width=1, record=records.append)
    assert [count for *_, count in told(records)] == [2, 1]


def test_one_place_for_a_tenant_and_its_worker_is_its_own(zygotes):
    async def use(pool):
        await page(pool, "kept = 'mine'", tenant="a")
        return await gathered(page(pool, "result = kept", tenant="a"), page(pool, "result = kept", tenant="b"))

    mine, other = pooled(zygotes, use, width=1, places=1)
    assert mine.html == "mine"
    assert "name 'kept' is not defined" in str(other)


def test_what_ends_a_page_is_told_and_recorded(zygotes, monkeypatch):
    monkeypatch.setattr(pool_module, "SECONDS", 0.3)
    records = []

    async def use(pool):
        codes = ["1 / 0", "raise MemoryError", "import os; os._exit(3)", SPIN, "result = 'fine'"]
        return [(await gathered(page(pool, code)))[0] for code in codes]

    wrong, memory, ended, slow, fine = pooled(zygotes, use, width=1, record=records.append)
    assert str(wrong) == "page.html: ZeroDivisionError: division by zero. Correct the template."
    assert isinstance(memory, RenderLimitHit)
    assert str(ended) == "page.html: its worker ended (status 3). Try again, or simplify the template."
    assert isinstance(slow, RenderLimitHit)
    assert fine.html == "fine"
    assert told(records) == [
        ("template.render", "error", "acme", None),
        ("template.limit", "memory", "acme", None),
        ("template.kill", "died", "acme", None),
        ("template.kill", "time", "acme", None),
        ("template.render", "", "acme", 1),
    ]


def test_slow_pages_make_way(zygotes, monkeypatch):
    """One place only, held by a page that does not end: other tenants' pages render beside it."""
    monkeypatch.setattr(pool_module, "SECONDS", 1.5)
    monkeypatch.setattr(pool_module, "SLOW", 0.05)
    monkeypatch.setattr(seats, "LOW", 0.05)

    async def use(pool):
        slow = asyncio.ensure_future(page(pool, SPIN, tenant="slow"))
        await asyncio.sleep(0)
        others = await gathered(*(page(pool, text="x", tenant=tenant) for tenant in ("a", "b")))
        early = slow.done()
        await asyncio.wait([slow])
        return early, others, slow.exception()

    early, others, error = pooled(zygotes, use, width=1)
    assert not early
    assert [each.html for each in others] == ["x", "x"]
    assert isinstance(error, RenderLimitHit)


def test_a_context_is_refused_before_it_waits(zygotes):
    async def use(pool):
        with pytest.raises(ContextRefused):
            await pool.render(SETUP, PageRequest("page.html", "en", {"x": object()}))

    pooled(zygotes, use, width=1)


def test_too_many_are_refused(zygotes, monkeypatch):
    monkeypatch.setattr(turns, "MAX_WAITING_TENANT", 1)

    async def use(pool):
        return await gathered(*(page(pool) for _ in range(4)))

    pages = pooled(zygotes, use, width=1)
    assert [isinstance(each, RenderLimitHit) for each in pages] == [False, False, True, True]


def test_what_cannot_be_recorded_is_an_error(zygotes):
    def full(record):
        raise AuditLogError("the disk is full.")

    async def use(pool):
        with pytest.raises(AuditLogError):
            await page(pool, tenant="no name\n")
        return await gathered(page(pool))

    (error,) = pooled(zygotes, use, width=1, record=full)
    assert str(error) == "the disk is full."


def test_callers_may_stop_waiting(zygotes, monkeypatch):
    monkeypatch.setattr(pool_module, "SECONDS", 0.5)

    async def use(pool):
        jobs = [asyncio.ensure_future(page(pool, code)) for code in ("result = 1", SPIN, "result = 1")]
        await asyncio.sleep(0.2)
        for job in jobs:
            job.cancel()
        return await page(pool, text="next")

    assert pooled(zygotes, use, width=1).html == "next"


def test_closing_fails_what_is_not_done(zygotes):
    records = []

    async def use(pool):
        jobs = [asyncio.ensure_future(page(pool, SPIN)) for _ in range(2)]
        await asyncio.sleep(0.3)
        starting = asyncio.ensure_future(page(pool, tenant="other"))
        await asyncio.sleep(0)
        await pool.close()
        return await gathered(*jobs, starting, page(pool))

    errors = pooled(zygotes, use, width=1, record=records.append)
    assert {type(error) for error in errors} == {ThemeError}
    assert {str(error) for error in errors} == {"the engine was closed before the page was rendered. Open it again."}
    assert records == []


def test_closing_while_a_worker_starts(zygotes):
    async def use(pool):
        starting = asyncio.ensure_future(page(pool, SPIN))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await pool.close()
        return await gathered(starting)

    (error,) = pooled(zygotes, use, width=1)
    assert "the engine was closed" in str(error)


def test_it_has_a_zygote_of_its_own_unless_it_is_given_one():
    async def run():
        async with RenderPool() as pool:
            rendered = await pool.render(
                Setup.of(theme_of(page="{{ text }}"), EDITIONS), PageRequest("page.html", "en", {"text": 1})
            )
            return rendered.html, pool._zygotes

    html, zygotes = asyncio.run(run())
    assert html == "1"
    assert zygotes._process is None
