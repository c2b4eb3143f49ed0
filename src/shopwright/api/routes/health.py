"""Whether the service is well, and how much it does: for whoever looks after the process."""

from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import JSONResponse

from shopwright.access.actions import Action
from shopwright.api.bounds import Bounds, bounded
from shopwright.api.entering import EnterControl
from shopwright.api.given import GivenParts
from shopwright.api.route import router
from shopwright.bootstrap.inside import Inside
from shopwright.bootstrap.probes import probes
from shopwright.performance.exposition import exposition
from shopwright.performance.health import examine

routes = router("health", "")
Measures = Annotated[Inside, Depends(EnterControl(Action.DATABASE_READ), scope="function")]


@routes.get("/health/live", include_in_schema=False)
async def live() -> Response:
    """This process answers."""
    return JSONResponse({"status": "pass"})


@routes.get("/health/ready", include_in_schema=False)
async def ready(parts: GivenParts) -> Response:
    """Whether requests can be done now, part by part."""
    found = await examine(probes(parts.platform, parts.machine.settings.state))
    return JSONResponse(found.as_json(), found.status)


@routes.get("/metrics", include_in_schema=False)
@bounded(Bounds(gives=("text/plain", "application/openmetrics-text")))
async def metrics(request: Request, inside: Measures) -> Response:
    """What was measured, for Prometheus: it names tenants, so it asks with an operator's service key."""
    del inside
    media_type, body = exposition(request.headers.get("accept", ""))
    return Response(body, headers={"Content-Type": media_type})
