"""Tenants: for operators all of them, for everybody their own."""

import datetime as dt
import re
from typing import Annotated

from fastapi import Body, Depends
from pydantic import Field

from shopwright.access.actions import Action
from shopwright.api.bounds import MERGE_PATCH, Bounds, bounded
from shopwright.api.cursors import Cursor, Limit, read_cursor, write_cursor
from shopwright.api.entering import Enter, EnterControl
from shopwright.api.given import GivenParts
from shopwright.api.route import router
from shopwright.api.wire import Listing, Wire, example
from shopwright.bootstrap.inside import Inside
from shopwright.bootstrap.tenant_life import Order
from shopwright.multi_tenant.documents import State, TenantDocument

routes = router("tenants")
_HANDLE = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
_LONG = bounded(Bounds(seconds=120.0))


class Tenant(Wire):
    """A tenant, as it stands now."""

    model_config = Wire.model_config | example(
        id="luna",
        title="Luna Optics",
        state="active",
        plan="own",
        created="2026-11-23T12:00:00Z",
        changed="2026-11-23T12:00:00Z",
    )

    id: str
    title: str
    state: State
    plan: str
    created: dt.datetime
    changed: dt.datetime


class NewTenant(Wire):
    """A tenant that is wanted; without ``plan`` it gets the first one."""

    model_config = Wire.model_config | example(id="luna", title="Luna Optics", plan="own")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,47}$")]
    title: Annotated[str, Field(max_length=200)] = ""
    plan: Annotated[str, Field(max_length=63)] = ""


class TenantChange(Wire):
    """What is changed of a tenant (JSON merge patch); the plan is changed by its own address."""

    model_config = Wire.model_config | example(title="Luna Optics")

    title: Annotated[str, Field(min_length=1, max_length=200)]


class PlanChange(Wire):
    """How much a tenant may use."""

    model_config = Wire.model_config | example(plan="own")

    plan: Annotated[str, Field(min_length=1, max_length=63)]


ReadsAll = Annotated[Inside, Depends(EnterControl(Action.TENANT_READ), scope="function")]
Creates = Annotated[Inside, Depends(EnterControl(Action.TENANT_CREATE), scope="function")]
Reads = Annotated[Inside, Depends(Enter(Action.TENANT_READ), scope="function")]
Changes = Annotated[Inside, Depends(Enter(Action.TENANT_CHANGE), scope="function")]
ChangesPlan = Annotated[Inside, Depends(Enter(Action.QUOTA_CHANGE), scope="function")]
Suspends = Annotated[Inside, Depends(Enter(Action.TENANT_SUSPEND), scope="function")]
Resumes = Annotated[Inside, Depends(Enter(Action.TENANT_RESUME), scope="function")]


@routes.get("/tenants")
async def list_tenants(inside: ReadsAll, parts: GivenParts, limit: Limit = 50, after: Cursor = "") -> Listing[Tenant]:
    """List tenants by their ids: for operators."""
    place = read_cursor("tenants", after, _HANDLE)
    found = await parts.tenants(inside).tenants.page(limit + 1, after=place)
    more = write_cursor("tenants", found[limit - 1].id) if len(found) > limit else None
    return Listing(items=[_shown(tenant) for tenant in found[:limit]], next=more)


@routes.post("/tenants", status_code=201)
@_LONG
async def create_tenant(given: NewTenant, inside: Creates, parts: GivenParts) -> Tenant:
    """Make a tenant. Asked for again after a failure, it goes on."""
    return _shown(await parts.life(inside).create(Order(given.id, given.title, given.plan)))


@routes.get("/tenants/{tenant}")
async def get_tenant(inside: Reads, parts: GivenParts) -> Tenant:
    """A tenant."""
    return _shown(await parts.tenants(inside).tenants.get(inside.tenant))


@routes.patch("/tenants/{tenant}")
@bounded(Bounds(takes=(MERGE_PATCH,)))
async def change_tenant(
    given: Annotated[TenantChange, Body(media_type=MERGE_PATCH)], inside: Changes, parts: GivenParts
) -> Tenant:
    """Change the title of a tenant."""
    return _shown(await parts.life(inside).describe(inside.tenant, title=given.title, plan=None))


@routes.put("/tenants/{tenant}/plan")
async def change_plan(given: PlanChange, inside: ChangesPlan, parts: GivenParts) -> Tenant:
    """Give a tenant another plan: for operators."""
    return _shown(await parts.tenants(inside).describe(inside.tenant, title=None, plan=given.plan))


@routes.post("/tenants/{tenant}/suspension", status_code=201)
async def suspend_tenant(inside: Suspends, parts: GivenParts) -> Tenant:
    """Let a tenant only be read and exported: for operators."""
    return _shown(await parts.life(inside).suspend(inside.tenant))


@routes.delete("/tenants/{tenant}/suspension")
async def resume_tenant(inside: Resumes, parts: GivenParts) -> Tenant:
    """End a suspension: for operators."""
    return _shown(await parts.life(inside).resume(inside.tenant))


def _shown(tenant: TenantDocument) -> Tenant:
    return Tenant(**tenant.model_dump(include={"id", "title", "state", "plan", "created", "changed"}))
