"""That the facade (shopwright.catalog.repository.catalog) reads the store that it was given, at the revision asked for.

What its methods do is proved beside the modules they stand for; shopwright.catalog.repository.drafting_edits by
test_editing.py and test_undoing.py.
"""

import pytest
from tests.unit.catalog.repository.shops import product, shop_in

from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.versions.listed import Filter
from shopwright.database.conditions import Range
from shopwright.errors import ChangeRefused


async def test_each_reader_takes_a_revision(shop):
    await shop.bring_in([product("a", variants=[{"id": "x", "sku": "S"}])])
    await shop.bring_in([product("a", title="Other")])
    for revision, title in ((1, "A"), (2, "Other"), (None, "Other")):
        page = await shop.catalog.page(Filter(), 9, revision=revision)
        assert [each.title for each in page.products] == [title]
        assert (await shop.catalog.export(revision)).revision == (revision or 2)
    assert [each.handle for each in await shop.catalog.by_number("S", revision=1)] == ["a"]
    assert await shop.catalog.by_number("S") == ()


@pytest.mark.parametrize("revision", [0, 3, -1])
async def test_a_revision_that_is_not_there(shop, revision):
    await shop.bring_in([product("a")])
    with pytest.raises(ChangeRefused, match="not kept"):
        await shop.catalog.export(revision)


async def test_nothing_is_logged_where_nothing_is(shop):
    with pytest.raises(ChangeRefused, match="no such store"):
        await shop.catalog.log(1)


def test_values_of_queries():
    kept = Kept(None, "luna", None)
    assert kept.open_at(3, handle="a") == {"store": "luna", "since": Range(le=3), "until": Range(gt=3), "handle": "a"}
    assert kept.any_version(since=Range(gt=3))["since"] == Range(gt=3)


@pytest.mark.parametrize("store", ["", "a/b", "$x", "..", "A", "luna\n", "l\udcff", "\0", "x" * 151])
def test_what_no_store_can_be_called_is_refused_before_anything_is_read(tenant_database, tmp_path, store):
    """In one line that can be printed: no traceback, no lease of a store that cannot be."""
    with pytest.raises(ChangeRefused, match="it is no handle of a store") as refused:
        shop_in(tenant_database, tmp_path, store)
    assert str(refused.value).isascii()
    assert str(refused.value).isprintable()
