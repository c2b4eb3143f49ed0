"""How much a tenant uses of what it may, and limits of its own."""

import datetime as dt
from typing import Annotated, Literal

from fastapi import Depends
from pydantic import Field

from shopwright.access.actions import Action
from shopwright.api.entering import Enter
from shopwright.api.given import GivenParts
from shopwright.api.route import router
from shopwright.api.wire import Wire, example
from shopwright.bootstrap.inside import Inside
from shopwright.multi_tenant.quotas.plan import MOST
from shopwright.multi_tenant.quotas.quota import Quota

routes = router("usage")
Reads = Annotated[Inside, Depends(Enter(Action.USAGE_READ), scope="function")]
Changes = Annotated[Inside, Depends(Enter(Action.QUOTA_CHANGE), scope="function")]


class Used(Wire):
    """How much of a quota is used, in its unit; ``limit`` is null where there is none."""

    quota: Quota
    used: int
    limit: int | None
    unit: str
    state: Literal["ok", "near", "full"]
    resets_at: dt.datetime | None


class Usage(Wire):
    """The plan, and what is used of each quota."""

    model_config = Wire.model_config | example(
        plan="own",
        quotas=[
            {"quota": "products", "used": 120, "limit": 1000, "unit": "products", "state": "ok", "resets_at": None}
        ],
    )

    plan: str
    quotas: list[Used]


class Limits(Wire):
    """Limits of a tenant's own, by quota; none at all: those of its plan again."""

    model_config = Wire.model_config | example(limits={"products": 5000})

    limits: dict[Quota, Annotated[int, Field(ge=0, le=MOST)]]


@routes.get("/tenants/{tenant}/usage")
async def get_usage(inside: Reads, parts: GivenParts) -> Usage:
    """How much is used of each quota, now."""
    plan, found = await parts.usage(inside).now()
    return Usage(plan=plan, quotas=[Used.model_validate(each.as_json()) for each in found])


@routes.put("/tenants/{tenant}/limits")
async def change_limits(given: Limits, inside: Changes, parts: GivenParts) -> Usage:
    """Give a tenant limits of its own: for operators."""
    await parts.usage(inside).limit(given.limits)
    plan, found = await parts.usage(inside).now()
    return Usage(plan=plan, quotas=[Used.model_validate(each.as_json()) for each in found])
