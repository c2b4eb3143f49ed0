"""The whole line: a complete site comes out, the same one every time, and nothing is done twice."""

import datetime as dt
import shutil

import orjson
import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.stores.small import Build, inodes, product, tree, write_source

from shopwright.errors import AuditFailed, BuildError, SettingsError, ThemeError


def titles(handles):
    return [product(handle) for handle in handles]


NAMES = ["luna", "sol", "vega", "lyra", "mira", "deneb", "rigel", "altair", "spica", "atlas", "maia", "electra"]


def test_every_page_of_a_store_is_there_in_every_language(tmp_path, build: Build):
    built = build(write_source(tmp_path / "src", titles(["luna", "sol"])), tmp_path / "site")
    files = set(tree(tmp_path / "site"))
    for prefix in ("", "de/", "ar/"):
        collection = "rund" if prefix == "de/" else "round"
        assert {
            f"{prefix}index.html",
            f"{prefix}products/luna/index.html",
            f"{prefix}collections/index.html",
            f"{prefix}collections/{collection}/index.html",
            f"{prefix}collections/round/products-1.json",
            f"{prefix}collections/all/index.html",
            f"{prefix}search/index.html",
            f"{prefix}search/products-1.json",
            f"{prefix}cart/index.html",
            f"{prefix}about/index.html",
            f"{prefix}policies/returns/index.html",
            f"{prefix}imprint/index.html",
            f"{prefix}404.html",
        } <= files
    assert {"sitemap.xml", "sitemap-1.xml", "robots.txt"} <= files
    assert built.pages == len([name for name in files if name.endswith(".html") and name[0] != "."]) == 42
    assert {"_headers", "sw.js", "de/offline.html", "ar/manifest.webmanifest"} <= files
    assert built.files == len([name for name in files if not name.startswith(".shopwright/")])
    assert (built.written, built.reused, built.removed) == (built.files, 0, 0)
    assert {fault.code for fault in built.faults if not fault.code.startswith("page-")} == {"translation-missing"}


def test_pages_speak_their_language(tmp_path, build: Build):
    build(write_source(tmp_path / "src", titles(["luna"])), tmp_path / "site")
    german = LexborHTMLParser((tmp_path / "site/de/products/luna/index.html").read_text())
    assert german.css_first("html").attributes == {"lang": "de", "dir": "ltr"}
    assert "129,00\xa0€" in german.css_first("main").text()
    arabic = LexborHTMLParser((tmp_path / "site/ar/index.html").read_text())
    assert arabic.css_first("html").attributes == {"lang": "ar", "dir": "rtl"}


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_input_makes_the_same_bytes_anywhere(tmp_path, build: Build, workers, cache):
    source = write_source(tmp_path / "a", titles([f"{name}-{number}" for name in NAMES for number in range(4)]))
    copy = shutil.copytree(source, tmp_path / "elsewhere" / "b")
    build(source, tmp_path / "one")
    build(copy, tmp_path / "two", workers=workers, cache=tmp_path / "other-cache")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_second_build_writes_nothing(tmp_path, build: Build):
    source = write_source(tmp_path / "src", titles(NAMES))
    first = build(source, tmp_path / "site")
    before = inodes(tmp_path / "site")
    second = build(source, tmp_path / "site")
    assert (second.written, second.removed, second.reused) == (0, 0, first.files)
    assert inodes(tmp_path / "site") == before


def test_a_later_date_writes_nothing_where_no_price_changes(tmp_path, build: Build):
    source = write_source(tmp_path / "src", titles(NAMES))
    build(source, tmp_path / "site")
    before = inodes(tmp_path / "site")
    assert build(source, tmp_path / "site", date=dt.datetime(2026, 12, 24, tzinfo=dt.UTC)).written == 0
    after = inodes(tmp_path / "site")
    assert {name for name in before if before[name] != after[name]} <= {
        ".shopwright/manifest.jsonl",
        ".shopwright/audit.json",
    }


def test_one_changed_product_rewrites_the_pages_that_show_it_and_no_other(tmp_path, build: Build):
    source = write_source(tmp_path / "src", titles(NAMES))
    build(source, tmp_path / "site")
    before = tree(tmp_path / "site")
    written = inodes(tmp_path / "site")
    changed = [product(name, title="Vega the Second") if name == "vega" else product(name) for name in NAMES]
    built = build(write_source(tmp_path / "src", changed), tmp_path / "site")
    after = tree(tmp_path / "site")
    different = {name for name in after if after[name] != before[name] and not name.startswith(".")}
    assert built.written == len(different)
    assert {"products/vega/index.html", "de/products/vega/index.html", "collections/round/index.html"} <= different
    assert all(b"Vega the Second" in after[name] for name in different)
    assert all(
        b"Vega the Second" not in data for name, data in after.items() if name not in different and name[0] != "."
    )
    same = {name for name, stat in inodes(tmp_path / "site").items() if written.get(name) == stat}
    assert {name for name in same if not name.startswith(".")} == {
        name for name in set(after) - different if not name.startswith(".")
    }


def test_the_result_of_changes_is_the_result_of_a_fresh_build(tmp_path, build: Build):
    build(write_source(tmp_path / "src", titles(NAMES)), tmp_path / "site")
    source = write_source(tmp_path / "src", [*titles(NAMES[3:]), product("nova", featured=True)])
    built = build(source, tmp_path / "site")
    assert built.removed == 9
    build(source, tmp_path / "fresh")
    site, fresh = tree(tmp_path / "site"), tree(tmp_path / "fresh")
    history = {"_redirects", ".shopwright/addresses.jsonl", ".shopwright/manifest.jsonl", ".shopwright/audit.json"}
    assert {name for name in site if site[name] != fresh.get(name)} == history
    assert set(site) == {*fresh, "_redirects"}


def test_a_page_that_was_damaged_is_made_again(tmp_path, build: Build):
    source = write_source(tmp_path / "src", titles(NAMES))
    build(source, tmp_path / "site")
    before = tree(tmp_path / "site")
    (tmp_path / "site/products/luna/index.html").write_text("cut")
    (tmp_path / "site/products/sol/index.html").unlink()
    assert build(source, tmp_path / "site").written == 2
    assert tree(tmp_path / "site") == before


def test_a_scheduled_sale_starts_and_ends_with_the_date(tmp_path, build: Build):
    luna = product("luna")
    sale = {
        "price": {"amount": 9_900, "currency": "EUR"},
        "starts": "2026-11-27T00:00:00Z",
        "ends": "2026-12-01T00:00:00Z",
    }
    luna["variants"][0] |= {"sale": sale, "lowest_price_30_days": {"amount": 11_900, "currency": "EUR"}}
    source = write_source(tmp_path / "src", [luna])
    shown = []
    for day in (26, 27, 31):
        build(source, tmp_path / "site", date=dt.datetime(2026, 11, 1, tzinfo=dt.UTC) + dt.timedelta(days=day - 1))
        page = LexborHTMLParser((tmp_path / "site/products/luna/index.html").read_text())
        data = orjson.loads(page.css_first("#product-data").text())
        price = data["variants"][0]["price"]
        shown.append((price["text"], price["was"], price["lowest"], price["ends"]))
    assert shown == [
        ("€129.00", None, None, None),
        ("€99.00", "€129.00", "€119.00", "November 30, 2026"),
        ("€129.00", None, None, None),
    ]


def test_a_site_below_a_path_links_within_it(tmp_path, build: Build):
    source = write_source(tmp_path / "src", titles(["luna"]))
    build(source, tmp_path / "site", site_url="https://agency.example/shops/small/")
    page = LexborHTMLParser((tmp_path / "site/de/products/luna/index.html").read_text())
    links = [node.attributes["href"] for node in page.css("a[href]")]
    assert all(link.startswith(("/shops/small/", "#")) for link in links)
    canonical = page.css_first('link[rel="canonical"]').attributes["href"]
    assert canonical == "https://agency.example/shops/small/de/products/luna/"


def test_long_collections_have_pages_and_data_in_parts(tmp_path, build: Build, monkeypatch):
    monkeypatch.setattr("shopwright.generation.plan.PRODUCTS_PER_PART", 20)
    build(write_source(tmp_path / "src", titles([f"p{number}" for number in range(50)])), tmp_path / "site")
    site = tmp_path / "site"
    assert sorted(path.name for path in (site / "collections/round/page").iterdir()) == ["2", "3"]
    parts = [orjson.loads((site / f"de/collections/round/products-{number}.json").read_bytes()) for number in (1, 2, 3)]
    assert [len(part["products"]) for part in parts] == [20, 20, 10]
    assert [part["next"] for part in parts] == [
        "/de/collections/round/products-2.json",
        "/de/collections/round/products-3.json",
        None,
    ]


def test_a_broken_template_leaves_the_old_site(tmp_path, build: Build, checkout):
    source = write_source(tmp_path / "src", titles(["luna"]))
    build(source, tmp_path / "site")
    before = tree(tmp_path / "site")
    theme = shutil.copytree(checkout / "tests/themes/bare", tmp_path / "broken")
    (theme / "templates/product.html").write_text("{{ product.nothing }}")
    with pytest.raises(ThemeError, match=r"product\.html, line 1"):
        build(source, tmp_path / "site", theme=str(theme))
    assert tree(tmp_path / "site") == before


@pytest.mark.parametrize(
    ("template", "text", "rule"),
    [
        ("cart.html", "<!doctype html><title>x</title><main><h1>x</h1></main>", "no-lang"),
        (
            "product.html",
            '{% extends "layout.html" %}{% block main %}<a href="/gone/">x</a>{% endblock %}',
            "dead-link",
        ),
        ("search.html", '{% extends "layout.html" %}{% block main %}<img src="/assets/x.png">{% endblock %}', "no-alt"),
    ],
)
def test_pages_that_break_a_rule_are_not_published(tmp_path, build: Build, checkout, template, text, rule):
    source = write_source(tmp_path / "src", titles(["luna"]))
    build(source, tmp_path / "site")
    before = tree(tmp_path / "site")
    theme = shutil.copytree(checkout / "tests/themes/bare", tmp_path / "broken")
    (theme / "templates" / template).write_text(text)
    with pytest.raises(AuditFailed, match=rule):
        build(source, tmp_path / "site", theme=str(theme))
    assert tree(tmp_path / "site") == before


def test_a_catalogue_without_products_to_show_is_no_store(tmp_path, build: Build):
    source = write_source(tmp_path / "src", [product("luna", status="draft")])
    with pytest.raises(BuildError, match="no product"):
        build(source, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_an_address_that_is_none_is_refused(tmp_path, build: Build):
    with pytest.raises(SettingsError, match="--site-url"):
        build(write_source(tmp_path / "src", titles(["luna"])), tmp_path / "site", site_url="ftp://shop.example")


def test_a_missing_picture_costs_only_a_picture(tmp_path, build: Build):
    source = write_source(
        tmp_path / "src", [product("luna"), product("sol", pictures=[{"source": "pictures/gone.jpg"}])]
    )
    built = build(source, tmp_path / "site")
    known = {"picture-unusable", "picture-missing", "alt-missing", "translation-missing", "feed-left-out"}
    assert {fault.code for fault in built.faults if not fault.code.startswith("page-")} <= known
    assert any("pictures/gone.jpg" in fault.message + fault.value for fault in built.faults)
    assert "<img" in (tmp_path / "site/products/sol/index.html").read_text()


def test_remote_pictures_are_linked_or_left_out(tmp_path, build: Build):
    source = write_source(tmp_path / "src", [product("sol", pictures=[{"source": "https://cdn.example/sol.jpg"}])])
    build(source, tmp_path / "linked", pictures="link")
    page = (tmp_path / "linked/products/sol/index.html").read_text()
    assert 'src="https://cdn.example/sol.jpg"' in page
    assert "img-src 'self' https://cdn.example;" in page
    build(source, tmp_path / "without", pictures="skip")
    assert "<img" not in (tmp_path / "without/products/sol/index.html").read_text()


def test_a_single_product_in_no_collection_is_a_store(tmp_path, build: Build):
    plain = {"handle": "luna", "title": "Luna", "variants": [{"id": "one", "price": {"amount": 1, "currency": "EUR"}}]}
    built = build(write_source(tmp_path / "src", [plain], collections=[], locales=["en"]), tmp_path / "site")
    assert [fault.code for fault in built.faults if not fault.code.startswith("page-")] == ["feed-left-out"]
    assert "€0.01" in (tmp_path / "site/products/luna/index.html").read_text()
