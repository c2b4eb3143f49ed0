import json

import pytest
from tests.unit.catalog.reading import FIXTURES, Read, eur, store_folder, usd

from shopwright.catalog import own_format


@pytest.fixture(scope="module")
def read() -> Read:
    return Read(FIXTURES / "store")


def test_a_bad_line_costs_only_itself(read):
    assert read.source.dialect == "shopwright"
    assert read.source.store.currency == "EUR"
    assert read.counts == (7, 3, 0, 4)
    assert list(read.products) == ["larch", "alder"]


def test_every_fault_is_listed_with_its_line(read):
    assert read.faults == [
        (2, "handle", "collection-repeated"),
        (1, "collections", "collection-unknown"),
        (1, "pictures", "picture-missing"),
        (3, "handle", "handle-repeated"),
        (4, "handle", "value-invalid"),
        (4, "title", "value-invalid"),
        (4, "colour", "value-invalid"),
        (5, None, "json-invalid"),
        (6, "variants", "variants-missing"),
    ]


def test_collections_of_the_store_are_not_repeated(read):
    assert read.collections == {"square": "Square frames", "new-frames": "New frames"}


def test_rich_text_is_sanitised(read):
    assert read.products["alder"].description == "<p>Hello</p>"


def test_a_source_can_be_read_again(read):
    again = Read(FIXTURES / "store")
    assert again.items == read.items
    assert again.report == read.report


def test_product_files_in_a_folder_are_read_by_name(tmp_path):
    (tmp_path / "store.yaml").write_text("name: Test\n")
    (tmp_path / "products").mkdir()
    for name in ("b", "a"):
        (tmp_path / "products" / f"{name}.jsonl").write_text(json.dumps({"handle": name, "title": name}))
    assert list(Read(tmp_path).products) == ["a", "b"]


def test_a_single_file_is_a_source_with_a_derived_store(tmp_path):
    path = tmp_path / "my-own_frames.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"handle": "a", "title": "A"}\r\n')
    read = Read(path)
    assert (read.source.store.name, read.source.reason) == ("My Own Frames", "it holds JSON Lines")
    assert read.counts == (1, 1, 0, 0)


def test_a_line_that_is_too_long_is_skipped_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(own_format, "MAX_BYTES_OF_LINE", 100)
    good = '{"handle": "b", "title": "B"}'
    read = Read(store_folder(tmp_path, ['{"handle": "a", "title": "' + "x" * 3_000_000 + '"}', good]))
    assert read.counts == (2, 1, 0, 1)
    assert read.faults[0] == (1, None, "line-too-long")


def test_deeply_nested_json_is_one_fault(tmp_path):
    read = Read(store_folder(tmp_path, ["[" * 100_000, '{"handle": "b", "title": "B"}']))
    assert read.faults[0] == (1, None, "json-invalid")
    assert list(read.products) == ["b"]


def test_prices_in_another_currency_than_the_stores_are_not_asked(tmp_path):
    variants = [
        {"id": "a", "options": ["A"], "price": usd(100)},
        {"id": "b", "options": ["B"], "price": eur(100)},
        {"id": "c", "options": ["C"], "price": usd(100), "sale": {"price": eur(50)}},
    ]
    line = json.dumps({"handle": "luna", "title": "Luna", "options": ["Kind"], "variants": variants})
    read = Read(store_folder(tmp_path, [line]))
    prices = [variant.price and variant.price.amount for variant in read.products["luna"].variants]
    assert prices == [100, None, None]
    assert read.faults == [(1, "variants", "price-currency")]


@pytest.mark.parametrize("title", ["", " ", "\u2003\n"])
def test_a_title_says_something(tmp_path, title):
    line = json.dumps({"handle": "luna", "title": title})
    assert Read(store_folder(tmp_path, [line])).faults == [(1, "title", "value-invalid")]
