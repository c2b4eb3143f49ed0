import asyncio

import pytest
from tests.security.confined import EDITIONS, theme_of

from shopwright.errors import ContextRefused, TemplateRefused, ThemeError
from shopwright.template_engine.confinement.pool import RenderPool
from shopwright.template_engine.secure import TemplateEngine

THEME = theme_of(page="{{ head() }}<p>{{ text }}</p>")


def test_a_page_and_what_it_cost():
    records = []

    async def run():
        async with TemplateEngine(THEME, EDITIONS, record=records.append) as engine:
            page = await engine.render("page.html", {"text": "<"}, locale="en", tenant="acme", head="<meta>")
            with pytest.raises(ContextRefused, match=r"^text: "):
                await engine.render("page.html", {"text": b"x"}, locale="en")
            with pytest.raises(ThemeError, match=r"^other\.html: the theme has no such template"):
                await engine.render("other.html", {}, locale="en")
            return page

    page = asyncio.run(run())
    assert page.html == "<meta><p>&lt;</p>"
    assert page.bytes == len(page.html)
    assert page.fuel > 0
    assert [(record.action, record.tenant) for record in records] == [("template.render", "acme")]


def test_a_pool_can_be_shared():
    async def run():
        async with RenderPool(width=1) as pool:
            for text in "ab":
                async with TemplateEngine(THEME, EDITIONS, pool=pool) as engine:
                    page = await engine.render("page.html", {"text": text}, locale="en")
                    assert page.html == f"<p>{text}</p>"

    asyncio.run(run())


def test_templates_are_checked_when_it_opens():
    async def run():
        async with TemplateEngine(theme_of(page="{{ ''.__class__ }}"), EDITIONS):
            pytest.fail("it opened")

    with pytest.raises(TemplateRefused, match=r"^mine: "):
        asyncio.run(run())
