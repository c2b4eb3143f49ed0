import orjson
import pytest

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.product_lists import list_findings

PRICE = {"text": "€9.00", "value": "9.00", "amount": 900, "currency": "EUR"}


@pytest.fixture
def said(tmp_path):
    """What is found in a list beside the page of one product, as (rule, what)."""

    def ask(listed):
        (tmp_path / "list.json").write_bytes(listed if isinstance(listed, bytes) else orjson.dumps(listed))
        notes = dict.fromkeys(("title", "about", "targets"), "") | {"lang": "en", "indexed": True}
        notes |= {"alternates": [], "findings": [], "offers": [["a", "9", "EUR", "instock"]]}
        files = {"/a/": "a/index.html", "/list.json": "list.json", "/a.webp": "a.webp"}
        site = BuiltSite({"/a/": orjson.dumps(notes)}, files, lambda name: tmp_path / name, "https://x.example", "")
        return [(finding.rule, finding.what) for finding in list_findings(site)]

    return ask


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ({"products": [{"url": "/a/", "price": PRICE, "picture": {"src": "/a.webp"}, "colors": [{"hex": None}]}]}, []),
        ({"products": [{"url": "/a/", "price": None, "picture": {"src": "https://cdn.example/a.webp"}}]}, []),
        ({"next": None, "products": []}, []),
        ([], []),
        ({"next": "/list-2.json"}, [("dead-link", "/list-2.json")]),
        ({"products": ["a"]}, [("bad-page-data", "no list of products")]),
        ({"products": [{}]}, [("dead-link", "a product without an address")]),
        ({"products": [{"url": "/a/", "price": PRICE | {"text": "€8.00", "value": "8.00", "amount": 800}}]},
         [("price-mismatch", "/a/: its page has no offer for 8.00 EUR")]),
        ({"products": [{"url": "/a/", "colors": [7, {"hex": "red"}]}]}, [("bad-page-data", "/a/: the colour 'red'")]),
    ],
)  # fmt: skip
def test_what_a_list_names_is_there_and_agrees_with_its_page(said, listed, found):
    assert said(listed) == found


def test_what_cannot_be_read(said):
    [(rule, _)] = said(b"{")
    assert rule == "bad-page-data"
