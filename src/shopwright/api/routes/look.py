"""How a tenant's stores look: the brand, themes of its own; and the domains they stand at."""

import asyncio
import datetime as dt
import tempfile
from pathlib import Path as Folder
from typing import Annotated, Any

from fastapi import Body, Depends, HTTPException, Path, Request, Response
from pydantic import Field

from shopwright.access.actions import Action
from shopwright.api.bounds import MERGE_PATCH, Bounds, bounded
from shopwright.api.entering import Enter
from shopwright.api.given import GivenParts
from shopwright.api.route import router
from shopwright.api.uploads import ZIP, unpack_store, write_upload
from shopwright.api.wire import Listing, Wire, example
from shopwright.bootstrap.domains import TenantDomains
from shopwright.bootstrap.inside import Inside
from shopwright.bootstrap.tenant_life import utc_now
from shopwright.multi_tenant.customisation.look import LOGOS, Look
from shopwright.multi_tenant.domains.proof import Proof

routes = router("look")
MOST_THEME = 20_000_000
"""Bytes of a theme's ZIP."""

ReadsBrand = Annotated[Inside, Depends(Enter(Action.BRAND_READ), scope="function")]
ChangesBrand = Annotated[Inside, Depends(Enter(Action.BRAND_CHANGE), scope="function")]
ReadsThemes = Annotated[Inside, Depends(Enter(Action.TEMPLATE_READ), scope="function")]
UploadsThemes = Annotated[Inside, Depends(Enter(Action.TEMPLATE_UPLOAD), scope="function")]
ReadsDomains = Annotated[Inside, Depends(Enter(Action.DOMAIN_READ), scope="function")]
ChangesDomains = Annotated[Inside, Depends(Enter(Action.DOMAIN_CHANGE), scope="function")]
Domain = Annotated[str, Path(max_length=253, description="The domain.", examples=["shop.example.org"])]
LookPatch = Annotated[dict[str, Any], Body(media_type=MERGE_PATCH, examples=[{"accent": "#0f766e"}])]
_ZIP_BODY = {"requestBody": {"required": True, "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}}}}


class ShownLook(Wire):
    """The look; ``notes`` say what is shown otherwise than it was given, such as a colour nobody could read."""

    look: Look
    notes: list[str]


class ShownTheme(Wire):
    """A theme of the tenant's own."""

    model_config = Wire.model_config | example(name="evening", bytes=48_000)

    name: str
    bytes: int


class CheckedTheme(Wire):
    """What was found in a theme; it is ``kept`` if nothing of it is an error."""

    model_config = Wire.model_config | example(kept=True, name="evening", findings=[])

    kept: bool
    name: str | None
    findings: list[str]


class Claim(Wire):
    """A domain that is said to be the tenant's, for one of its stores."""

    model_config = Wire.model_config | example(domain="shop.example.org", store="shop")

    domain: Annotated[str, Field(max_length=253)]
    store: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=150)]


class ShownDomain(Wire):
    """A domain, and what is to be put there to prove it: a TXT record, or a file."""

    model_config = Wire.model_config | example(
        domain="shop.example.org",
        store="shop",
        proved=None,
        record=["_shopwright.shop.example.org", "shopwright-domain=0000"],
        file=["http://shop.example.org/.well-known/shopwright-domain", "0000"],
    )

    domain: str
    store: str
    proved: dt.datetime | None
    record: list[str]
    file: list[str]


@routes.get("/tenants/{tenant}/brand")
async def get_brand(inside: ReadsBrand, parts: GivenParts) -> ShownLook:
    """What the tenant's stores take where their own settings say nothing."""
    return ShownLook(look=await parts.looks(inside).look(), notes=[])


@routes.patch("/tenants/{tenant}/brand")
@bounded(Bounds(takes=(MERGE_PATCH,), seconds=60.0))
async def change_brand(given: LookPatch, inside: ChangesBrand, parts: GivenParts) -> ShownLook:
    """Change the brand by a JSON merge patch; null takes a part back. Logos come with the command."""
    if set(given) - set(Look.model_fields) or set(given) & set(LOGOS):
        allowed = ", ".join(sorted(set(Look.model_fields) - set(LOGOS)))
        raise HTTPException(422, f"The brand has the parts {allowed}.")
    look, notes = await parts.customisation(inside).change(given)
    return ShownLook(look=look, notes=list(notes))


@routes.get("/tenants/{tenant}/themes")
async def list_themes(inside: ReadsThemes, parts: GivenParts) -> Listing[ShownTheme]:
    """The tenant's own themes."""
    found = await parts.looks(inside).themes()
    return Listing(items=[ShownTheme(name=name, bytes=size) for name, size in sorted(found.items())])


@routes.post("/tenants/{tenant}/themes", status_code=201, openapi_extra=_ZIP_BODY)
@bounded(Bounds(body=MOST_THEME, seconds=300.0, takes=(ZIP,)))
async def upload_theme(request: Request, inside: UploadsThemes, parts: GivenParts) -> CheckedTheme:
    """Keep a theme, packed as a ZIP, if nothing in it must be corrected; what was found in it."""
    with tempfile.TemporaryDirectory(prefix="shopwright-") as folder:
        archive, unpacked = await write_upload(request, Folder(folder)), Folder(folder) / "theme"
        unpacked.mkdir()
        theme = await asyncio.to_thread(unpack_store, archive, unpacked)
        checked = await parts.customisation(inside).put_theme(theme)
    kept = checked.theme is not None and not checked.errors
    findings = [f"{each.file}:{each.line}: {each.what} {each.instead}" for each in checked.findings[:200]]
    return CheckedTheme(kept=kept, name=checked.theme.name if checked.theme else None, findings=findings)


@routes.get("/tenants/{tenant}/domains")
async def list_domains(inside: ReadsDomains, parts: GivenParts) -> Listing[ShownDomain]:
    """The domains that are the tenant's, or said to be."""
    return Listing(items=await _domains(parts.domains(inside, utc_now()), inside.tenant))


@routes.post("/tenants/{tenant}/domains", status_code=201)
async def claim_domain(given: Claim, inside: ChangesDomains, parts: GivenParts) -> Listing[ShownDomain]:
    """Say that a domain is the tenant's; the answer says what is to be put there."""
    domains = parts.domains(inside, utc_now())
    await domains.claim(inside.tenant, given.domain, given.store)
    return Listing(items=await _domains(domains, inside.tenant))


@routes.post("/tenants/{tenant}/domains/{domain}/proof", status_code=201)
@bounded(Bounds(seconds=60.0))
async def prove_domain(domain: Domain, inside: ChangesDomains, parts: GivenParts) -> Listing[ShownDomain]:
    """Look for the proof of a domain that was claimed."""
    domains = parts.domains(inside, utc_now())
    await domains.prove(inside.tenant, domain)
    return Listing(items=await _domains(domains, inside.tenant))


@routes.delete("/tenants/{tenant}/domains/{domain}", status_code=204)
async def release_domain(domain: Domain, inside: ChangesDomains, parts: GivenParts) -> Response:
    """Let a domain go."""
    if not await parts.domains(inside, utc_now()).release(inside.tenant, domain):
        raise HTTPException(404, "The tenant has no such domain.")
    return Response(status_code=204)


async def _domains(domains: TenantDomains, tenant: str) -> list[ShownDomain]:
    held = {each.id: each.proved for each in await domains.domains.held(tenant)}
    return [
        ShownDomain(
            domain=claim.domain,
            store=claim.serves,
            proved=held.get(claim.domain),
            record=list(Proof(claim.domain, claim.token).record),
            file=list(Proof(claim.domain, claim.token).file),
        )
        for claim in await domains.domains.claims(tenant)
    ]
