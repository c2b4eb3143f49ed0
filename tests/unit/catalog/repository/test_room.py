"""What adds to a catalogue asks for room first: an import, a restoration, an undo."""

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from tests.unit.catalog.repository.shops import ANN, priced

from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.versions.growth import Growth
from shopwright.catalog.versions.revision import Kind
from shopwright.errors import QuotaExceeded

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 92


class Room:
    """Remembers what it was asked for; full when told so."""

    def __init__(self):
        self.asked, self.full, self.held = [], False, 0

    @asynccontextmanager
    async def __call__(self, growth):
        self.asked.append(growth)
        if self.full:
            raise QuotaExceeded("There is no room")
        self.held += 1
        yield
        self.held -= 1


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def shop(shop, room):
    return replace(shop, catalog=CatalogRepository(replace(shop.catalog.kept, room=room)))


def pictured(handle):
    return priced(handle, 1, pictures=[{"source": f"{handle}.png"}])


async def fill(shop):
    await shop.bring_in([pictured("a"), priced("b", 1)], pictures={"a.png": PICTURE})


async def test_an_import_asks_for_what_it_adds_less_what_goes(shop, room):
    await fill(shop)
    await shop.bring_in([pictured("c"), pictured("d"), priced("e", 1)], pictures={"c.png": PICTURE, "d.png": PICTURE})
    await shop.bring_in([priced("f", 1)], partial=True)
    await shop.bring_in([priced("f", 1)])
    assert room.asked == [Growth(2, 1, 100), Growth(1, 1, 200), Growth(1, 0, 0), Growth(-3, -2, 0)]
    assert room.held == 0


async def test_an_import_without_room_writes_nothing_no_picture_either(shop, room, tmp_path):
    await fill(shop)
    before, files = await shop.state(), sorted(path for path in tmp_path.rglob("pictures/*"))
    room.full = True
    with pytest.raises(QuotaExceeded):
        await shop.bring_in([priced("c", 1), pictured("d")], pictures={"d.png": PICTURE + b"more"})
    assert await shop.state() == before
    assert len(await shop.catalog.log(9)) == 1
    assert sorted(path for path in tmp_path.rglob("pictures/*")) == files


async def test_restoring_products_asks_for_room_collections_do_not(shop, room):
    await shop.bring_in([priced("a", 1), priced("b", 1)], collections=[{"handle": "new", "title": "New"}])
    await shop.catalog.delete(Kind.PRODUCT, ["a"], ANN)
    await shop.catalog.delete(Kind.COLLECTION, ["new"], ANN)
    room.full = True
    with pytest.raises(QuotaExceeded):
        await shop.catalog.restore(Kind.PRODUCT, ["a"], ANN)
    assert await shop.titles() == ["B"]
    room.full = False
    await shop.catalog.restore(Kind.COLLECTION, ["new"], ANN)
    await shop.catalog.restore(Kind.PRODUCT, ["a"], ANN)
    assert room.asked[1:] == [Growth(1), Growth(0), Growth(1)]


async def test_an_undo_without_room_changes_nothing(shop, room):
    await fill(shop)
    await shop.bring_in([priced("b", 1)])
    before = await shop.state()
    room.full = True
    with pytest.raises(QuotaExceeded):
        await shop.catalog.undo(2, ANN, merge=False)
    assert await shop.state() == before
    room.full = False
    await shop.catalog.undo(2, ANN, merge=False)
    assert room.asked[-1] == Growth(1, 1, 100)
    assert await shop.titles() == ["A", "B"]
