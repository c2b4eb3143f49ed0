import json

import pytest
from tests.unit.catalog.reading import FIXTURES, Read

from shopwright.catalog import own_format
from shopwright.catalog.source import open_source
from shopwright.errors import LimitExceeded, SourceError


@pytest.fixture(scope="module")
def read() -> Read:
    return Read(FIXTURES / "store")


def store_folder(folder, lines: list[str], store: str = "name: Test\n"):
    (folder / "store.yaml").write_text(store)
    (folder / "products.jsonl").write_text("\n".join(lines))
    return folder


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


def test_a_folder_must_hold_products_and_a_store(tmp_path):
    with pytest.raises(SourceError, match=r"holds neither products\.jsonl"):
        open_source(tmp_path)
    (tmp_path / "products.jsonl").write_text("{}")
    with pytest.raises(SourceError, match=r"no store\.yaml"):
        open_source(tmp_path)


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SourceError, match="no such file or folder"):
        open_source(tmp_path / "nothing.csv")


def test_the_store_may_be_given_apart(tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("name: Other\ncurrency: GBP\n")
    folder = store_folder(tmp_path, ['{"handle": "a", "title": "A"}'])
    assert open_source(folder, store_file=other).store.name == "Other"
    assert open_source(folder / "products.jsonl", store_file=other).store.currency == "GBP"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("name: [1", "no valid YAML"),
        ("name: &a x\ntagline: *a\n", "anchors, aliases and tags are not allowed"),
        ("name: !!python/name:os.system x\n", "anchors, aliases and tags are not allowed"),
        ("name: A\nname: B\n", "stands twice"),
        ("1: A\n", "is no text"),
        ("name: A\nage: 7\nlocales: [en, en]\n", "age: Extra inputs are not permitted"),
        ("- A\n", "Input should be a valid dictionary"),
        ("name: \x01", "no valid YAML"),
        ("name: A\ncurrency: XXY\n", "not a currency"),
    ],
)
def test_a_store_file_that_cannot_be_used_says_why(tmp_path, text, what):
    with pytest.raises(SourceError, match=what):
        open_source(store_folder(tmp_path, ["{}"], text))


def test_a_store_file_is_bounded(tmp_path):
    with pytest.raises(LimitExceeded, match="nested deeper than 20"):
        open_source(store_folder(tmp_path, ["{}"], "a: " + "[" * 30 + "]" * 30))
    with pytest.raises(LimitExceeded, match="larger than 1,000,000 bytes"):
        open_source(store_folder(tmp_path, ["{}"], "#" * 1_000_001))
    (tmp_path / "store.yaml").write_bytes(b"name: \xff")
    with pytest.raises(SourceError, match="not UTF-8"):
        open_source(tmp_path)
    with pytest.raises(SourceError, match="cannot be read"):
        open_source(tmp_path, store_file=tmp_path / "missing.yaml")


def test_yaml_has_the_types_of_json(tmp_path):
    text = (
        "name: '2024-01-01'\nreturns: {days: 14, country: NO}\nabout: yes\nprices_include_tax: false\ncheckout: null\n"
    )
    store = open_source(store_folder(tmp_path, ["{}"], text)).store
    assert (store.name, store.about, store.prices_include_tax) == ("2024-01-01", {"*": "yes"}, False)
    assert store.returns
    assert (store.returns.days, store.returns.country) == (14, "NO")
