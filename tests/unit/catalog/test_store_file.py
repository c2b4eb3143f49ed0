import pytest
from tests.unit.catalog.reading import store_folder

from shopwright.catalog.source import open_source
from shopwright.errors import LimitExceeded, SourceError


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("name: [1", r"no valid YAML: line 1, column 9: while parsing a flow sequence, expected .,. or .\]., but got"),
        ("name: &a x\ntagline: *a\n", "anchors, aliases and tags are not allowed"),
        ("name: !!python/name:os.system x\n", "anchors, aliases and tags are not allowed"),
        ("name: A\nname: B\n", "stands twice"),
        ("1: A\n", "is no text"),
        ("name: A\nage: 7\nlocales: [en, en]\n", "age: there is no such entry"),
        ("- A\n", "the file: it must be entries, each a name"),
        ("name: \x01", "no valid YAML"),
        ("name: A\ncurrency: XXY\n", "not a currency"),
    ],
)
def test_a_store_file_that_cannot_be_used_says_why(tmp_path, text, what):
    with pytest.raises(SourceError, match=what):
        open_source(store_folder(tmp_path, ["{}"], text))


def test_a_text_whose_comma_ends_it_is_named_in_words_of_the_file(tmp_path):
    with pytest.raises(SourceError) as refused:
        open_source(store_folder(tmp_path, ["{}"], "name: A\nabout: {en: <p>Since 1990, in Ulm</p>}\n"))
    assert str(refused.value).endswith(
        "about.in Ulm</p>: 'in Ulm</p>' is not a locale such as en, de-AT or zh-Hant-TW. "
        "A text that holds a comma or a colon stands in quotes. See the reference of store.yaml."
    )


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
