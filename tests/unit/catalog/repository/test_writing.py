import pytest
from tests.unit.catalog.repository.shops import ANN, product

from shopwright.catalog.documents import STORES
from shopwright.catalog.repository import writing
from shopwright.catalog.repository.drafting import draft, read_revision, revision_document
from shopwright.catalog.versions.revision import OPEN, Act, Counts, Kind, Revision
from shopwright.catalog.versions.stage import Incoming
from shopwright.errors import ChangeRefused, ReferenceRefused


def drafted(handle, number, **facts):
    found = {
        "title": handle, "sort_title": handle, "brand": None, "status": "active", "created": "", "price": OPEN,
        "collections": [], "pictures": [], "numbers": [], "words": [handle], **facts,
    }  # fmt: skip
    line = f'{{"handle":"{handle}","title":"{handle}"}}'.encode()
    return draft(Incoming(Kind.PRODUCT, handle, "0" * 64, line, found, 1), "luna", number)


async def test_nobody_sees_what_is_not_committed(shop, monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 1)
    await shop.bring_in([product("a"), product("b")])
    before = await shop.state()
    async with writing.writing(shop.catalog.kept, ANN) as writer:
        await writer.write(Kind.PRODUCT, [drafted("a", 2), drafted("c", 2)], ["b"])
        assert await shop.state() == before
    async with writing.writing(shop.catalog.kept, ANN) as writer:
        assert writer.number == 2
        await writer.write(Kind.PRODUCT, [drafted("d", 2)])
        revision = await writer.commit(Act.EDIT, ANN, Counts(added=1))
    assert revision.products == 3
    assert await shop.titles() == ["d", "A", "B"]


async def test_what_names_nothing_is_refused_and_swept_away(shop):
    await shop.bring_in([product("a")])

    async def write():
        async with writing.writing(shop.catalog.kept, ANN) as writer:
            await writer.write(Kind.PRODUCT, [drafted("b", 2)])
            await writer.write(Kind.PRODUCT, [drafted("c", 2, collections=["nothing"])])

    with pytest.raises(ReferenceRefused, match=r"products\.collections"):
        await write()
    assert await shop.catalog.kept.versions(Kind.PRODUCT).get("luna:b:2") is None


async def test_a_store_is_made_by_its_first_writer(shop):
    async with writing.writing(shop.catalog.kept, ANN) as writer:
        assert (writer.base, writer.number) == (0, 1)
    assert (await shop.catalog.kept.documents(STORES).get("luna")).revision == 0
    with pytest.raises(ChangeRefused, match="there is no such store"):
        await shop.catalog.kept.at()


def test_a_revision_and_its_document():
    revision = Revision(
        number=3, act=Act.UNDO, at=ANN.at, by="ann", counts=Counts(1, 2, 3), products=4, collections=5, undone=2
    )
    assert read_revision(revision_document(revision, "luna")) == revision
