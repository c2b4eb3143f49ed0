"""Everything a tenant has in one file; also `tenant_import`: the file becomes a tenant again."""

import json
import os
import time
import zipfile

import pytest
from tests.unit.bootstrap.lives import Killed, living, settings, with_store

from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap import tenant_import
from shopwright.bootstrap.catalog import picture_folder
from shopwright.bootstrap.tenant_contents import LINES
from shopwright.bootstrap.tenant_export import TenantExport
from shopwright.bootstrap.tenant_import import TenantImport
from shopwright.bootstrap.tenant_life import Order, TenantLife, utc_now
from shopwright.catalog.documents import PRODUCTS, STORES
from shopwright.catalog.review_documents import REVIEWS, ReviewDocument
from shopwright.database.whole import every
from shopwright.errors import AuditLogError, ReferenceRefused, StorageError, TenantError
from shopwright.ml_integration.documents import EXPERIMENTS, Arm, ExperimentDocument
from shopwright.multi_tenant.archive.packing import pack
from shopwright.multi_tenant.archive.unpacking import unpack
from shopwright.multi_tenant.customisation.files import GivenFile
from shopwright.multi_tenant.customisation.look import read_look
from shopwright.multi_tenant.customisation.repository.looks import LookRepository
from shopwright.multi_tenant.repository.held import Held


@pytest.fixture
def copy(handle):
    return f"{handle}-2"


@pytest.fixture
async def life(tmp_path, mongo_uri, handle, copy):
    async with living(tmp_path, settings(tmp_path, mongo_uri), handle, copy) as life:
        await life.create(Order(handle, "Luna & Co."))
        yield life


@pytest.fixture
async def archive(life, handle, tmp_path):
    """Of a tenant with two stores, a review and an experiment."""
    await with_store(life, handle)
    await with_store(life, handle, "nova", products=2)
    async with life.platform.tenants.tenant(handle) as database:

        async def write(session):
            await database.documents(REVIEWS).insert(REVIEW, session=session)
            await database.documents(EXPERIMENTS).insert(EXPERIMENT, session=session)

        await database.transaction(write)
        looks = LookRepository(database)
        await looks.change(lambda _: read_look({"theme": "mine"}), ())
        await looks.put_theme("mine", (GivenFile("theme.yaml", b"name: mine\n"),))
    await TenantExport(life).run(handle, tmp_path / "luna.zip")
    return tmp_path / "luna.zip"


REVIEW = ReviewDocument(
    id="r1", store="luna", product="frame-1", author="Ann", rating=5, title="Good", body="Very.", locale="en",
    state="published", written=utc_now(),
)  # fmt: skip
EXPERIMENT = ExperimentDocument(
    id="luna/round-first", store="luna", variants=(Arm(name="a", weight=1),), state="draft", products=("frame-1",),
    changed=utc_now(),
)  # fmt: skip


async def held(life, tenant, kind):
    async with life.platform.tenants.tenant(tenant) as database:
        return [document async for document in every(database.documents(kind))]


async def contents(life, tenant, kind):
    """Documents without what tells when they came."""
    return [document.model_dump(exclude={"id", "since", "at"}) for document in await held(life, tenant, kind)]


async def test_everything_is_in_it(life, archive, handle):
    with zipfile.ZipFile(archive) as opened:
        names = set(opened.namelist())
        said = json.loads(opened.read("tenant.json"))
        lines = opened.read("stores/luna/products.jsonl").splitlines()
        trail = opened.read("audit/trail.jsonl").decode()
        look = json.loads(opened.read("brand/look.json"))
        theme = opened.read("themes/mine/theme.yaml")
    assert {
        *("tenant.json", "manifest.json", "audit/trail.jsonl", "documents/revisions.jsonl", "documents/reviews.jsonl"),
        *("stores/luna/store.yaml", "stores/luna/collections.jsonl", "stores/luna/pictures/frame.svg"),
        *("stores/nova/store.yaml", "stores/nova/products.jsonl", "documents/experiments.jsonl"),
    } <= names
    assert (look, theme) == ({"theme": "mine"}, b"name: mine\n")
    assert (said["title"], said["state"]) == ("Luna & Co.", "active")
    assert [json.loads(line)["handle"] for line in lines] == ["frame-0", "frame-1", "frame-2"]
    assert '"event.action":"tenant.create"' in trail
    assert not [path for path in picture_folder(life.state, handle).iterdir() if path.name.startswith("export-")]


async def test_it_comes_back_as_another_tenant(life, archive, handle, copy):
    done = await TenantImport(life, archive, Order(copy)).run()
    assert (done.tenant.state, done.tenant.title, done.stores) == ("active", "Luna & Co.", ("luna", "nova"))
    assert (done.left_out, done.documents) == ((), 2)
    for kind in (STORES, PRODUCTS):
        assert await contents(life, copy, kind) == await contents(life, handle, kind)
    assert await held(life, copy, REVIEWS) == [REVIEW]
    assert await held(life, copy, EXPERIMENTS) == [EXPERIMENT]
    assert not (picture_folder(life.state, copy) / "import").exists()
    async with life.platform.tenants.tenant(copy) as database:
        told = [line async for line in AuditTrail(database).lines()]
    acts = ("tenant.create", "catalog.import", "catalog.import", "tenant.import")
    assert all(f'"event.action":"{action}"' in line for action, line in zip(acts, told, strict=True))


async def test_exported_again_it_is_the_same(life, archive, copy, tmp_path):
    await TenantImport(life, archive, Order(copy)).run()
    again = await TenantExport(life).run(copy, tmp_path / "again.zip")
    first = unpack(archive, tmp_path / "first")
    same = [
        name
        for name in first.files
        if name.startswith("stores/") or name.endswith(("reviews.jsonl", "experiments.jsonl"))
    ]
    assert len(same) >= 9
    assert {name: again.files[name] for name in same} == {name: first.files[name] for name in same}


async def test_killed_at_every_step_the_next_call_goes_on(life, archive, copy, monkeypatch):
    note = Held.step
    for step in ("database", "stores", "documents", "record"):

        async def dying(self, work, step=step):
            done = await note(self, work)
            if work.name == step:
                raise Killed
            return done

        with monkeypatch.context() as patched:
            patched.setattr(Held, "step", dying)
            with pytest.raises(Killed):
                await TenantImport(life, archive, Order(copy)).run()
    with pytest.raises(TenantError, match="another import or creation of it was begun"):
        await life.create(Order(copy))
    assert (await TenantImport(life, archive, Order(copy)).run()).tenant.state == "active"
    assert len(await held(life, copy, PRODUCTS)) == 5
    assert await held(life, copy, REVIEWS) == [REVIEW]


async def test_a_damaged_archive_makes_no_tenant(life, archive, copy, tmp_path):
    data = bytearray(archive.read_bytes())
    data[len(data) // 3] ^= 0xFF
    (tmp_path / "bad.zip").write_bytes(data)
    with pytest.raises(TenantError):
        await TenantImport(life, tmp_path / "bad.zip", Order(copy)).run()
    assert await life.tenants.find(copy) is None
    assert not (picture_folder(life.state, copy) / "import").exists()


@pytest.mark.parametrize(
    ("file", "text", "match"),
    [
        ("documents/reviews.jsonl", "{", r"documents/reviews.jsonl, line 1: "),
        ("documents/reviews.jsonl", '{"id": {"$ne": 1}}', r"documents/reviews.jsonl, line 1: id: "),
        ("documents/reviews.jsonl", " " * 2_000, r"documents/reviews.jsonl, line 1: it is longer than 1,000 bytes"),
    ],
)
def test_hostile_documents_are_refused(tmp_path, monkeypatch, file, text, match):
    monkeypatch.setattr(tenant_import, "MOST_LINE", 1_000)
    (tmp_path / "reviews.jsonl").write_text(text)
    with pytest.raises(TenantError, match=match):
        _ = [*tenant_import.read_documents(LINES[0], tmp_path / "reviews.jsonl")]


async def test_an_archive_that_says_nothing_of_the_tenant(life, archive, copy, tmp_path):
    unpack(archive, tmp_path / "folder")
    (tmp_path / "folder" / "tenant.json").write_text("[]")
    pack(tmp_path / "folder", tmp_path / "hostile.zip", "luna", utc_now())
    with pytest.raises(TenantError, match=r"its tenant\.json cannot be read"):
        await TenantImport(life, tmp_path / "hostile.zip", Order(copy)).run()
    assert await life.tenants.find(copy) is None


async def test_a_review_of_nothing_is_refused(life, archive, copy, tmp_path):
    unpack(archive, tmp_path / "folder")
    stray = REVIEW.model_copy(update={"product": "stranger"}).model_dump_json()
    (tmp_path / "folder" / "documents" / "reviews.jsonl").write_text(stray + "\n")
    pack(tmp_path / "folder", tmp_path / "stray.zip", "luna", utc_now())
    with pytest.raises(ReferenceRefused, match="product"):
        await TenantImport(life, tmp_path / "stray.zip", Order(copy)).run()
    assert (await life.tenants.get(copy)).state == "creating"


async def test_a_store_without_a_product_is_left_out(life, archive, copy, tmp_path):
    unpack(archive, tmp_path / "folder")
    (tmp_path / "folder" / "stores" / "nova" / "products.jsonl").unlink()
    pack(tmp_path / "folder", tmp_path / "less.zip", "luna", utc_now())
    done = await TenantImport(life, tmp_path / "less.zip", Order(copy, "Mine")).run()
    assert (done.stores, done.left_out, done.tenant.title) == (("luna",), ("nova",), "Mine")


async def test_what_cannot_be_exported(life, handle, tmp_path):
    (tmp_path / "there.zip").write_bytes(b"")
    with pytest.raises(StorageError, match="Name another file"):
        await TenantExport(life).run(handle, tmp_path / "there.zip")
    with pytest.raises(TenantError, match="there is no such tenant"):
        await TenantExport(life).run("nobody-at-all", tmp_path / "a.zip")
    async with life.tenants.hold(handle, "ann") as held_:
        await held_.delete()
    with pytest.raises(TenantError, match="it is deleting, so there is nothing whole to export"):
        await TenantExport(life).run(handle, tmp_path / "a.zip")


async def test_a_suspended_one_takes_its_data_out(life, handle, tmp_path):
    await life.suspend(handle)
    assert (await TenantExport(life).run(handle, tmp_path / "a.zip")).tenant == handle


@pytest.mark.parametrize(
    "said", [b'{"title": "' + b"x" * 201 + b'"}', b" " * 200_000 + b"{}", b'{"title": "a\\u001b[2J"}']
)
async def test_what_an_archive_says_of_itself_is_bounded(life, archive, copy, tmp_path, said):
    unpack(archive, tmp_path / "folder")
    (tmp_path / "folder" / "tenant.json").write_bytes(said)
    pack(tmp_path / "folder", tmp_path / "said.zip", "luna", utc_now())
    with pytest.raises(TenantError):
        await TenantImport(life, tmp_path / "said.zip", Order(copy)).run()
    assert await life.tenants.find(copy) is None


async def test_nothing_is_unpacked_where_there_is_a_tenant_and_others_never_see_it(
    life, archive, handle, copy, tmp_path, monkeypatch
):
    """People's names stand in an archive in the clear."""
    modes = []

    def unpacking(source, folder):
        modes.append(folder.stat().st_mode & 0o777)
        return unpack(source, folder)

    monkeypatch.setattr(tenant_import, "unpack", unpacking)
    with pytest.raises(TenantError, match="there is a tenant of that name"):
        await TenantImport(life, archive, Order(handle)).run()
    assert modes == []
    await TenantImport(life, archive, Order(copy)).run()
    assert modes == [0o700]
    assert not (life.state / "tenants" / copy / "pictures" / "import").exists()


async def test_an_export_that_is_not_told_of_is_not_there_and_old_drafts_go(life, handle, tmp_path, monkeypatch):
    place = picture_folder(life.state, handle)
    for name, age in (("export-old", 100_000), ("export-new", 0)):
        (place / name).mkdir(parents=True)
        os.utime(place / name, (time.time() - age,) * 2)

    async def failing(*_):
        raise AuditLogError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(TenantLife, "record", failing)
        with pytest.raises(AuditLogError):
            await TenantExport(life).run(handle, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()
    assert [path.name for path in place.glob("export-*")] == ["export-new"]
