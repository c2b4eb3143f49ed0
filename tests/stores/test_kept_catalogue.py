"""The file path and the database path give the same store, byte for byte."""

import datetime as dt

import pytest
from tests.stores.small import SVG, product, tree, write_source
from tests.unit.catalog.repository.shops import ANN, KINDS, shop_in

from shopwright.catalog.faults import Report
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Kind
from shopwright.database.migrations.run import migrate

SALE = {"price": {"amount": 9_900, "currency": "EUR"}, "starts": "2026-11-01T00:00:00Z", "ends": "2026-12-01T00:00:00Z"}


def catalogue():
    """Translations, sales, drafts, collections that are described and implied, pictures that are there and missing."""
    plain = product("plain")
    on_sale = product(
        "on-sale", variants=[{**plain["variants"][0], "sku": "s", "sale": SALE}], collections=["new", "round"]
    )
    translations = {"de": {"title": "Übersetzt", "handle": "uebersetzt", "terms": {"Black": "Schwarz"}}}
    shown = [{"source": "pictures/frame.svg"}, {"source": "pictures/gone.svg"}, {"source": "https://x.example/a.jpg"}]
    return [
        on_sale,
        product("translated", translations=translations, custom={"$where": "1", "a.b": "2", "é": "x" * 200}),
        product("shown", pictures=shown, created="2026-03-01", featured=True),
        product("draft", status="draft"),
        plain,
    ]


@pytest.fixture
def source(tmp_path):
    settings = {"brand": {"logo": {"source": "pictures/logo.svg", "alt": "L"}}, "hero": {"title": {"en": "Hi"}}}
    folder = write_source(tmp_path / "source", catalogue(), **settings)
    (folder / "pictures" / "logo.svg").write_text(SVG.format("#123456"))
    return folder


async def kept(tenant_database, tmp_path, source):
    await migrate(tenant_database, KINDS)
    shop = shop_in(tenant_database, tmp_path)
    await shop.catalog.bring_in(open_source(source), ANN, Report())
    return shop.catalog


async def test_the_same_bytes(tenant_database, tmp_path, source, build):
    catalog = await kept(tenant_database, tmp_path, source)
    await catalog.write_folder(tmp_path / "written")
    offline = {"pictures": "skip", "theme": "atelier"}
    from_file = build(source, tmp_path / "a", **offline)
    from_database = build(tmp_path / "written", tmp_path / "b", **offline)
    assert from_file.pages == from_database.pages > 30
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


async def test_edits_build_what_an_edited_file_builds(tenant_database, tmp_path, source, build):
    catalog = await kept(tenant_database, tmp_path, source)
    await catalog.patch(Kind.PRODUCT, ["plain"], {"title": "Patched", "featured": True}, ANN)
    await catalog.delete(Kind.PRODUCT, ["shown"], ANN)
    products = [one for one in catalogue() if one["handle"] != "shown"]
    products[-1] |= {"title": "Patched", "featured": True}
    settings = {"brand": {"logo": {"source": "pictures/logo.svg", "alt": "L"}}, "hero": {"title": {"en": "Hi"}}}
    write_source(source, products, **settings)
    await catalog.write_folder(tmp_path / "written")
    build(source, tmp_path / "a", pictures="skip")
    build(tmp_path / "written", tmp_path / "b", pictures="skip")
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    await catalog.write_folder(tmp_path / "first", revision=1)
    assert build(
        tmp_path / "first", tmp_path / "c", pictures="skip", date=dt.datetime(2026, 12, 24, tzinfo=dt.UTC)
    ).pages
