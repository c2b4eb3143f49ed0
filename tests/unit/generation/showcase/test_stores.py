import pytest

from shopwright.catalog.faults import Report
from shopwright.catalog.source import open_source
from shopwright.generation.showcase.stores import sample_stores, write_store_folder

STORES = {store.name: store for store in sample_stores()}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "store"


@pytest.mark.parametrize("name", STORES)
def test_a_sample_store_is_read_like_any_other(name, folder):
    source, report = open_source(write_store_folder(folder, STORES[name])), Report()
    products = list(source.read(report))
    assert len(products) == len(STORES[name].products)
    assert [fault.code for fault in report.faults] == (["variants-missing"] if name == "sample" else [])


def test_stores_differ_in_what_they_have(folder):
    stores = {name: open_source(write_store_folder(folder / name, store)).store for name, store in STORES.items()}
    assert {name: len(store.locales) for name, store in stores.items()} == {"sample": 2, "plain": 1, "languages": 8}
    assert [name for name, store in stores.items() if store.checkout] == ["sample"]
    assert [name for name, store in stores.items() if store.contact.email] == ["sample", "languages"]
    assert [name for name, store in stores.items() if store.hero.title] == ["sample", "languages"]
    assert [name for name, store in stores.items() if store.hero.picture] == ["sample"]


def test_no_store_keeps_pages_in_the_browser(folder):
    assert not open_source(write_store_folder(folder, STORES["sample"])).store.offline


def test_every_picture_of_a_store_lies_beside_it(folder):
    write_store_folder(folder, STORES["sample"])
    named = {picture["source"] for product in STORES["sample"].products for picture in product["pictures"]}
    named |= {"logo.svg", "hero.svg"}
    assert named - {path.name for path in folder.iterdir()} == set()


def test_the_same_store_is_the_same_bytes(folder):
    one, other = (write_store_folder(folder / name, STORES["sample"]) for name in ("one", "other"))
    assert {path.name: path.read_bytes() for path in one.iterdir()} == {
        path.name: path.read_bytes() for path in other.iterdir()
    }
