"""What every route is given: the parts of the platform, who is calling from where, and the time."""

from typing import Annotated, cast

from fastapi import Depends, Request

from shopwright.access.client import Client
from shopwright.access.cookie import DEVICE, read_cookie
from shopwright.access.statement import Statements
from shopwright.api.published import PublishedStores
from shopwright.bootstrap.jobs import Jobs
from shopwright.bootstrap.parts import Parts
from shopwright.bootstrap.tenant_life import utc_now

_MOST_ADDRESS = 64


def parts_of(request: Request) -> Parts:
    """The parts the application was made of."""
    return cast("Parts", request.app.state.parts)


def client_of(request: Request) -> Client:
    """Where a request comes from, as the server saw it, and when."""
    address = request.client.host if request.client else ""
    device = read_cookie(request.headers.get("cookie", ""), DEVICE)
    return Client(address[:_MOST_ADDRESS], utc_now(), request.headers.get("user-agent", ""), device)


def jobs_of(request: Request) -> Jobs:
    """The jobs of the platform's tenants."""
    return cast("Jobs", request.app.state.jobs)


def published_of(request: Request) -> PublishedStores:
    """Where releases are kept."""
    return cast("PublishedStores", request.app.state.published)


def statements_of(request: Request) -> Statements:
    """What signs statements for others."""
    return cast("Statements", request.app.state.statements)


GivenStatements = Annotated[Statements, Depends(statements_of)]
GivenJobs = Annotated[Jobs, Depends(jobs_of)]
GivenPublished = Annotated[PublishedStores, Depends(published_of)]
GivenParts = Annotated[Parts, Depends(parts_of)]
GivenClient = Annotated[Client, Depends(client_of)]
