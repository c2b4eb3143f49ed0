import asyncio

import pytest

from shopwright.database.migrations.run import migrate
from shopwright.errors import SettingsError, StorageError
from shopwright.multi_tenant.customisation.documents import FILES, LOOKS
from shopwright.multi_tenant.customisation.files import GivenFile
from shopwright.multi_tenant.customisation.look import Look
from shopwright.multi_tenant.customisation.repository.looks import LookRepository

OLD, NEW = (GivenFile(f"brand-{digit * 16}.png", digit.encode()) for digit in "12")
CSS = GivenFile("theme.css", b"a{}")


@pytest.fixture
async def looks(tenant_database):
    await migrate(tenant_database, (LOOKS, FILES))
    return LookRepository(tenant_database)


async def test_a_look_is_kept_with_the_files_it_names(looks):
    assert await looks.look() == Look()
    await looks.change(lambda _: Look(logo=OLD.path), (OLD,))
    await looks.change(lambda _: Look(logo=OLD.path, logo_dark=NEW.path), (NEW,))
    assert await looks.brand_files() == (OLD, NEW)
    await looks.change(lambda _: Look(logo=NEW.path, accent="#112233"))
    assert (await looks.look(), await looks.brand_files()) == (Look(logo=NEW.path, accent="#112233"), (NEW,))


async def test_of_two_changes_at_once_neither_undoes_the_other(looks):
    """Each sees what the other did, in whatever order the database lets them."""
    edits = [
        lambda look: look.model_copy(update={"accent": "#112233"}),
        lambda look: look.model_copy(update={"theme": "mine"}),
    ]
    await asyncio.gather(*[looks.change(edit) for edit in edits])
    assert await looks.look() == Look(accent="#112233", theme="mine")


async def test_what_an_edit_raises_changes_nothing(looks):
    await looks.change(lambda _: Look(accent="#112233"))

    def refuse(look):
        raise SettingsError("not like this")

    with pytest.raises(SettingsError):
        await looks.change(refuse, (OLD,))
    assert (await looks.look(), await looks.brand_files()) == (Look(accent="#112233"), ())


async def test_a_theme_takes_the_place_of_the_one_before(looks):
    await looks.put_theme("mine", (CSS, GivenFile("old.css", b"12345")))
    await looks.put_theme("other", (CSS,))
    await looks.change(lambda _: Look(logo=OLD.path), (OLD,))
    assert (await looks.themes(), await looks.bytes()) == ({"mine": 8, "other": 3}, 12)
    await looks.put_theme("mine", (CSS,))
    assert await looks.theme_files("mine") == (CSS,)
    await looks.put_theme("mine", ())
    assert (await looks.themes(), await looks.theme_files("mine")) == ({"other": 3}, ())


async def test_a_damaged_file_is_not_handed_out(looks):
    await looks.put_theme("mine", (CSS,))
    await looks.database.documents(FILES).update("theme/mine/theme.css", {"data": "QUJD"})
    with pytest.raises(StorageError, match="is damaged"):
        await looks.theme_files("mine")
