import asyncio
from uuid import uuid4

import orjson
import pytest
from tests.stores.small import product, write_source
from tests.unit.catalog.repository.shops import ANN

from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.catalog import open_catalog
from shopwright.bootstrap.customisation import Customisation
from shopwright.bootstrap.generation import KeptSource
from shopwright.bootstrap.tenant import open_tenant
from shopwright.bootstrap.usage import TenantUsage
from shopwright.catalog.faults import Report
from shopwright.catalog.source import open_source
from shopwright.catalog.store_file import read_store
from shopwright.errors import PictureError, QuotaExceeded, SettingsError, SourceError, StorageError, ThemeError
from shopwright.generation.theme_check import check
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.settings import DatabaseSettings, Secret

DRAWING = b'<rect width="60" height="20" fill="#123456"/>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">' + DRAWING + b"</svg>"


@pytest.fixture
def own(mongo_uri, tmp_path):
    """A tenant with a store of one product; its import is the first event."""
    settings = DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo")
    own = Customisation(settings, tmp_path / "cache", f"test-{uuid4().hex}", "ann")
    asyncio.run(fill(own, tmp_path))
    return own


@pytest.fixture
def no_pages(monkeypatch):
    """A check of a theme looks at no rendered page, which takes seconds (``test_a_theme_of_ones_own_is_checked…``)."""
    monkeypatch.setattr(check, "check_pages", lambda *_: [])


async def fill(own, folder):
    async with open_catalog(own.settings, folder / "state", own.tenant, "luna") as catalog:
        source = open_source(write_source(folder / "source", [product("a")]))
        await catalog.bring_in(source, ANN, Report())


def change(own, changes, **logos):
    return asyncio.run(own.change(changes, logos))


def test_two_people_change_parts_of_the_look_at_once(own):
    """Both began with the same look."""

    async def both():
        await asyncio.gather(own.change({"accent": "#112233"}), own.change({"theme": "meridian"}))
        return await own.look()

    look = asyncio.run(both())
    assert (look.accent, look.theme) == ("#112233", "meridian")


def laid_out(own, tmp_path, name="out"):
    return KeptSource(own.settings, tmp_path / "state", own.cache, own.tenant, "luna").laid_out(tmp_path / name)


def trail(own):
    """What was done, without what failed."""

    async def lines():
        async with open_tenant(own.settings, own.tenant) as database:
            events = [orjson.loads(line) async for line in AuditTrail(database).lines()][1:]
            return [each["event.action"] for each in events if each["event.outcome"] == "success"]

    return asyncio.run(lines())


def theme(folder, name="mine", css=b".card{padding:1rem}", template=b""):
    (folder / name / "css").mkdir(parents=True)
    described = f"name: {name}\ntitle: Mine\nextends: atelier\nstyles: [css/mine.css]\n"
    (folder / name / "theme.yaml").write_text(described)
    (folder / name / "css/mine.css").write_bytes(css)
    if template:
        (folder / name / "templates").mkdir()
        (folder / name / "templates/cart.html").write_bytes(template)
    return folder / name


def test_a_build_has_the_look_of_the_tenant(own, tmp_path):
    logo = tmp_path / "Our Logo.SVG"
    logo.write_bytes(SVG)
    look, told = change(own, {"accent": "#0f766e", "theme": "meridian", "logo_text": "Luna"}, logo=logo)
    assert (look.accent, told) == ("#0f766e", ())
    with laid_out(own, tmp_path) as theme_folder:
        store = read_store(tmp_path / "out/store.yaml")
        assert (store.brand.accent, store.theme, theme_folder) == ("#0f766e", "meridian", None)
        assert store.brand.logo.alt == "Luna"
        assert (tmp_path / "out" / store.brand.logo.source).read_bytes() == SVG
    assert trail(own) == ["brand.change"]
    change(own, {"accent": None, "theme": None, "logo": None})
    assert asyncio.run(own.look()).model_dump(exclude_defaults=True) == {"logo_text": "Luna"}


def test_a_colour_that_cannot_be_read_is_told_or_refused(own):
    _, told = change(own, {"accent": "#ffff00"})
    assert "#ffff00" in told[0]
    with pytest.raises(SourceError, match=r"text needs 4\.5:1"):
        change(own, {"exact": True})
    assert asyncio.run(own.look()).exact is False


def test_what_is_no_picture_is_no_logo(own, tmp_path):
    (tmp_path / "logo.png").write_bytes(b"GIF89a is a lie")
    with pytest.raises(PictureError):
        change(own, {}, logo=tmp_path / "logo.png")
    with pytest.raises(StorageError):
        change(own, {}, logo=tmp_path / "none.png")


def test_a_theme_of_ones_own_is_checked_kept_and_built_with(own, tmp_path):
    checked = asyncio.run(own.put_theme(theme(tmp_path)))
    assert checked.errors == 0
    assert list(asyncio.run(own.themes())) == ["mine"]
    change(own, {"theme": "mine"})
    with laid_out(own, tmp_path) as folder:
        assert folder.endswith("/mine")
    with laid_out(own, tmp_path, "again") as again:
        assert again == folder
    with pytest.raises(SettingsError, match="The brand names it"):
        asyncio.run(own.forget_theme("mine"))
    change(own, {"theme": "meridian"})
    asyncio.run(own.forget_theme("mine"))
    assert trail(own) == ["template.upload", "brand.change", "brand.change", "theme.delete"]
    with pytest.raises(SettingsError, match="no own theme"):
        asyncio.run(own.forget_theme("mine"))


def test_a_theme_that_breaks_the_policy_is_not_kept(own, tmp_path, no_pages):
    attack = b"{{ ''.__class__.__mro__ }}"
    checked = asyncio.run(own.put_theme(theme(tmp_path, template=attack)))
    assert checked.errors
    assert asyncio.run(own.themes()) == {}
    with pytest.raises(SettingsError, match="no theme 'mine'"):
        change(own, {"theme": "mine"})
    with pytest.raises(ThemeError):
        asyncio.run(own.put_theme(tmp_path / "nothing"))
    with pytest.raises(ThemeError, match="a built-in theme is called 'meridian'"):
        asyncio.run(own.put_theme(theme(tmp_path, "meridian")))
    assert trail(own) == []


def test_files_need_room(own, tmp_path, no_pages):
    usage = TenantUsage(own.settings, own.tenant, "ann")
    logo = tmp_path / "logo.svg"
    logo.write_bytes(SVG)
    asyncio.run(usage.limit({Quota.STORAGE: 10}))
    with pytest.raises(QuotaExceeded, match="bytes of files"):
        change(own, {}, logo=logo)
    with pytest.raises(QuotaExceeded, match="bytes of files"):
        asyncio.run(own.put_theme(theme(tmp_path)))
    assert (asyncio.run(own.look()).logo, asyncio.run(own.themes())) == (None, {})


def test_what_fails_is_told(own):
    for attempt in (own.change({"theme": "nowhere"}), own.forget_theme("nothing"), own.forget_theme("../etc")):
        with pytest.raises(SettingsError):
            asyncio.run(attempt)

    async def failed():
        async with open_tenant(own.settings, own.tenant) as database:
            events = [orjson.loads(line) async for line in AuditTrail(database).lines()]
            return [(each["event.action"], each["event.reason"], each.get("target.id")) for each in events[1:]]

    assert asyncio.run(failed()) == [
        ("brand.change", "settings-error", "brand/look"),
        ("theme.delete", "settings-error", "theme/nothing"),
        ("theme.delete", "settings-error", None),
    ]
