from dataclasses import replace

import pytest
from tests.unit.catalog.repository.shops import priced

from shopwright.catalog.repository.amounts import Amounts
from shopwright.catalog.repository.catalog import CatalogRepository

PICTURE, OTHER = b"\x89PNG\r\n\x1a\n" + b"0" * 92, b"\x89PNG\r\n\x1a\n" + b"1" * 192


async def amounts(shop):
    counted = Amounts(shop.catalog.kept.database)
    return await counted.products(), await counted.pictures(), await counted.picture_bytes()


def pictured(handle, *names):
    return priced(handle, 1, pictures=[{"source": name} for name in names])


@pytest.fixture
def other(shop):
    """A second store of the same tenant."""
    kept = replace(shop.catalog.kept, store="sol")
    return replace(shop, catalog=CatalogRepository(kept), folder=shop.folder.with_name("sol"))


async def test_nothing_is_nothing(shop):
    assert await amounts(shop) == (0, 0, 0)


async def test_products_and_pictures_of_all_stores_as_they_are_now(shop, other):
    await shop.bring_in([pictured("a", "a.png"), pictured("b")], pictures={"a.png": PICTURE})
    await other.bring_in([pictured("a", "a.png", "b.png")], pictures={"a.png": PICTURE, "b.png": OTHER})
    assert await amounts(shop) == (3, 3, 400)


async def test_a_picture_is_stored_for_as_long_as_a_revision_needs_it(shop):
    await shop.bring_in([pictured("a", "a.png")], pictures={"a.png": PICTURE})
    await shop.bring_in([pictured("a", "a.png")], pictures={"a.png": OTHER})
    assert await amounts(shop) == (1, 1, 300)
    await shop.bring_in([pictured("a")])
    assert await amounts(shop) == (1, 0, 300)
    await shop.catalog.prune(1, shop_author())
    assert await amounts(shop) == (1, 0, 0)


def shop_author():
    from tests.unit.catalog.repository.shops import ANN

    return ANN
