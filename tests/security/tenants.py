"""Tenants with something of everything, each with a marker of its own in all of it."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import orjson
from tests.security.callers import NOW

from shopwright.access.caller import Factor
from shopwright.access.documents import SESSIONS, SessionDocument
from shopwright.access.passkeys import RelyingParty
from shopwright.access.password_hash import Cost, PasswordHashes
from shopwright.access.roles import Role
from shopwright.access.token import new_token
from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.identity.identity import Identity
from shopwright.catalog.faults import Report
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.importing import Bringing
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.reviews import ReviewRepository
from shopwright.catalog.review_documents import ReviewDocument
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Author
from shopwright.database.lease import Leases
from shopwright.generation.repository import Change, NewRelease, ReleaseRepository
from shopwright.jobs.repository import JobRepository, Order
from shopwright.ml_integration.repository import ExperimentRepository
from shopwright.multi_tenant.documents import TENANTS, TenantDocument

PARTY = RelyingParty("console.example.org", "https://console.example.org")
HASHES = PasswordHashes(Cost(memory=64, passes=1, lanes=1))
SHOP = "shop"
"""The handle of a store of every tenant: the same, so that only the tenant tells them apart."""


@dataclass(frozen=True)
class Filled:
    """A tenant, its marker, and ids of what it has."""

    name: str
    marker: str
    product: str
    user: str
    session: str


async def standing(platform, tenant, state):
    """Put a tenant on record in a state."""
    document = TenantDocument(id=tenant, title=tenant, state=state, cell="main", plan="own", created=NOW, changed=NOW)
    await platform.cluster.control.documents(TENANTS).put(document)


def identity_of(platform, database):
    async def record(where, event, session):
        await AuditTrail(where).record(event, session=session)

    return Identity(database, platform.control, HASHES, PARTY, record)


def write_source(folder: Path, marker: str) -> Path:
    """A store folder in which everything that can hold a text holds the marker."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"name": f"Shop {marker}", "currency": "EUR", "url": "https://shop.example"}
    (folder / "store.yaml").write_text("".join(f"{name}: {value}\n" for name, value in settings.items()))
    handle = f"frame-{marker.lower()}"
    record = {
        "handle": handle,
        "title": f"Frame {marker}",
        "brand": f"Brand {marker}",
        "description": f"Described {marker}",
        "tags": [marker.lower()],
        "variants": [{"id": "only", "sku": f"S-{marker}", "price": {"amount": 12_900, "currency": "EUR"}}],
        "pictures": [{"source": "frame.svg", "alt": f"Drawn {marker}"}],
    }
    (folder / "products.jsonl").write_bytes(orjson.dumps(record) + b"\n")
    shape = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><title>{}</title><circle r="{}"/></svg>'
    (folder / "frame.svg").write_text(shape.format(marker, sum(map(ord, marker))))
    return folder


def catalog_of(database, state: Path) -> CatalogRepository:
    return CatalogRepository(Kept(database, SHOP, PictureFiles(state / "tenants" / database.name), graph=GRAPH))


async def fill(platform, name: str, marker: str, folder: Path) -> Filled:
    """Make a tenant and put something into each of its collections."""
    await standing(platform, name, "active")
    await platform.provision(name)
    source = write_source(folder / f"source-{name}", marker)
    product = f"frame-{marker.lower()}"
    async with platform.tenants.tenant(name) as database:
        author = Author(f"ann-{marker}", NOW)
        await catalog_of(database, folder).bring_in(
            open_source(source), author, Report(), bringing=Bringing(folder=source)
        )
        await _sell(database, marker, product)
        await AuditTrail(database).record(AuditEvent("catalog.import", actor=f"ann-{marker}", target=f"store/{SHOP}"))
        user, session = await _staff(platform, database, marker)
    return Filled(name, marker, product, user, session)


async def _sell(database, marker, product):
    await ReviewRepository(database).add(_review(marker, product))
    async with Leases(database).hold(SHOP, f"ann-{marker}") as lease:
        release = NewRelease(f"{sum(map(ord, marker)):020x}", f"{len(marker):064x}", files=1, bytes=1)
        await ReleaseRepository(database, GRAPH).publish(lease, release, Change(marker, f"ann-{marker}", NOW))
    await JobRepository(database).ask(Order(SHOP, f"job-{marker.lower()}", "build", {"note": marker}), NOW)
    await ExperimentRepository(database).put(SHOP, f"test-{marker.lower()}", {marker: 1}, (product,), NOW)


def _review(marker, product):
    return ReviewDocument(
        id=f"review-{marker.lower()}",
        store=SHOP,
        product=product,
        author=f"Ann {marker}",
        rating=5,
        title=f"Fine {marker}",
        body=f"Fits {marker}",
        locale=None,
        state="pending",
        written=NOW,
    )


async def _staff(platform, database, marker):
    identity = identity_of(platform, database)
    user = await identity.users.add(f"ann@{marker.lower()}.example", f"Ann {marker}", Role.OWNER, NOW)
    token = new_token(database.name)
    session = SessionDocument(
        id=token.id,
        user=user.id,
        digest=token.digest,
        epoch=0,
        factors=(Factor.PASSWORD, Factor.TOTP),
        signed_in=NOW,
        stepped_up=None,
        seen=NOW,
        ends=NOW + dt.timedelta(days=10_000),
        address="203.0.113.7",
        agent=f"Browser {marker}",
    )
    await database.documents(SESSIONS).insert(session)
    return user.id, session.id


async def contents(platform, tenant) -> dict[str, list]:
    """Every document of a tenant as the server has it, seen by its operator."""
    raw = platform.cluster.tenant(tenant).raw
    names = sorted(await raw.list_collection_names())
    return {name: await raw[name].find({}).sort("_id").to_list() for name in names}
