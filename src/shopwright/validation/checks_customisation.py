"""The check of customisation: a tenant's look on a store, a theme of its own, a domain of its own, on a real server."""

import asyncio
import datetime as dt
import shutil
from dataclasses import dataclass, fields
from pathlib import Path

from shopwright.bootstrap.customisation import Customisation
from shopwright.bootstrap.domains import TenantDomains
from shopwright.bootstrap.dressing import dress
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.bootstrap.tenant import tenant_of
from shopwright.catalog.store_file import read_store
from shopwright.errors import TenantError
from shopwright.multi_tenant.domains.proof import Proof, Prover
from shopwright.settings import DatabaseSettings, Secret
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

TENANT, OTHER, DOMAIN = "customised", "customised-other", "shop.luna.org"
_NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_LOOK = {"accent": "#0f766e", "theme": "mine", "locales": ("de", "en"), "currency": "EUR"}
_THEME = "name: mine\ntitle: Mine\nextends: atelier\n"
_ATTACK = "{{ ''.__class__ }}"


@dataclass(slots=True)
class Found:
    """What holds: the fields are named in the figure as they are here."""

    colours: bool = False
    locales: bool = False
    currency: bool = False
    own_theme: bool = False
    hostile_theme_refused: bool = False
    domain_needs_proof: bool = False
    domain_has_one_tenant: bool = False


@check("M8")
def customisation(checkout: Checkout) -> Result:
    """Give a tenant a look, a theme and a domain; look whether a store wears it, and whether anything else comes in."""
    folder = checkout.work / "customisation"
    shutil.rmtree(folder, ignore_errors=True)
    found = Found()
    asyncio.run(_look(folder, found))
    names = [field.name for field in fields(Found)]
    failed = [name.replace("_", " ") for name in names if not getattr(found, name)]
    told = f"; NOT: {', '.join(failed)}" if failed else ""
    good = len(names) - len(failed)
    return Result(f"{good} of {len(names)} parts of a tenant's customisation hold{told}", passed=not failed)


async def _look(folder: Path, found: Found) -> None:
    settings = DatabaseSettings(uri=Secret(), mongod=None, folder=folder / "mongo")
    own = Customisation(settings, folder / "cache", TENANT, "validate")
    async with open_platform(settings) as platform:
        for tenant in (TENANT, OTHER):
            async with tenant_of(platform, tenant):
                pass
        await _wear(own, platform, folder, found)
        await _prove(platform, found)


async def _wear(own: Customisation, platform: Platform, folder: Path, found: Found) -> None:
    found.hostile_theme_refused = (await own.put_theme(_theme(folder / "hostile/mine", _ATTACK))).errors > 0
    await own.put_theme(_theme(folder / "good/mine", ""))
    await own.change(_LOOK)
    store = folder / "store"
    store.mkdir()
    (store / "store.yaml").write_text("name: Luna\n")
    async with platform.tenants.tenant(TENANT) as database:
        theme = await dress(database, store, folder / "cache")
    worn = read_store(store / "store.yaml")
    found.colours = worn.brand.accent == _LOOK["accent"]
    found.locales = worn.locales == _LOOK["locales"]
    found.currency = worn.currency == _LOOK["currency"]
    found.own_theme = theme is not None and (Path(theme) / "theme.yaml").read_text() == _THEME


def _theme(folder: Path, template: str) -> Path:
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yaml").write_text(_THEME)
    if template:
        (folder / "templates/cart.html").write_text(template)
    return folder


async def _prove(platform: Platform, found: Found) -> None:
    records: dict[str, list[str]] = {}
    prover = Prover(lambda name: records.get(name, ()), lambda _: b"")
    domains = TenantDomains(platform, "validate", _NOW, prover)
    claims = [await domains.claim(tenant, DOMAIN, "main") for tenant in (TENANT, OTHER)]
    found.domain_needs_proof = await _is_refused(domains, TENANT)
    for claim in claims:
        name, text = Proof(claim.domain, claim.token).record
        records.setdefault(name, []).append(text)
    await domains.prove(TENANT, DOMAIN)
    found.domain_has_one_tenant = await _is_refused(domains, OTHER)


async def _is_refused(domains: TenantDomains, tenant: str) -> bool:
    try:
        await domains.prove(tenant, DOMAIN)
    except TenantError:
        return True
    return False
