import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.validation.pages import read_pages

HOME = """<!doctype html><html lang="en"><head><title>Shop &amp; more</title>
<meta charset="utf-8"><meta name="description" content="All &quot;frames&quot;">
<meta property="og:type" content="website">
<link rel="canonical" href="https://shop.example/">
<link rel="alternate" hreflang="de" href="https://shop.example/de/">
<script src="/app.js" defer></script><script>let inline = "{}";</script>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "Product", "name": "A <b>", "offers": [{"@type": "Offer", "price": "1"}]}, {"name": "untyped"}]}</script>
</head><body><svg><title>Picture</title></svg></body></html>"""


@pytest.fixture
def site(tmp_path):
    (tmp_path / "de").mkdir()
    (tmp_path / "index.html").write_text(HOME)
    (tmp_path / "de/404.html").write_text('<meta name="robots" content="noindex, follow"><title>Fort</title>')
    (tmp_path / "app.js").write_text("")
    return tmp_path


def test_pages_are_read_in_order(site):
    assert [page.path for page in read_pages(site)] == ["de/404.html", "index.html"]


def test_what_a_page_says(site):
    _, home = read_pages(site)
    assert home.title == "Shop & more"
    assert home.meta == {"description": 'All "frames"', "og:type": "website"}
    assert home.linked("canonical") == ["https://shop.example/"]
    assert home.linked("alternate") == ["https://shop.example/de/"]
    assert home.linked("stylesheet") == []
    assert home.scripts == ["/app.js"]
    assert [thing["@type"] for thing in home.things] == ["Product", "Offer"]
    assert home.things[0]["name"] == "A <b>"


def test_which_pages_may_be_indexed(site):
    assert [page.indexed for page in read_pages(site)] == [False, True]


@given(st.text(max_size=200))
def test_any_text_can_be_read(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text(text, "utf-8", "surrogatepass")
    assert len(list(read_pages(folder))) == 1


def test_what_a_build_notes_for_itself_is_no_page(tmp_path):
    (tmp_path / ".shopwright").mkdir()
    for name in (".shopwright/audit.html", "index.html"):
        (tmp_path / name).write_text("<title>A</title>")
    assert [page.path for page in read_pages(tmp_path)] == ["index.html"]
