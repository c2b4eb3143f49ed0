"""The one kind of route there is: bounded, entered through the door, and done once for each key."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import orjson
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from shopwright.access.actions import Action
from shopwright.api.bounds import bounds_of, limited, refuse_unbounded
from shopwright.api.caller import caller
from shopwright.api.entering import Entrance
from shopwright.api.problems import MEDIA_TYPE
from shopwright.api.repeated import Replayed, again, keep, let_go
from shopwright.errors import DatabaseUnavailable, ShopwrightError

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": "What cannot be done, and why (RFC 9457).",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in ("4XX", "5XX")
}
"""What every operation may answer instead."""


class BoundedRequest(Request):
    """A request whose body is bounded, and whose JSON is strict: no NaN, no text behind it."""

    async def json(self) -> Any:  # noqa: ANN401 - whatever was sent
        """The body, read."""
        return orjson.loads(await self.body())


class BoundedRoute(APIRoute):
    """A route: what it may be sent is looked at first, then who sends it, then the door, then the function."""

    def get_route_handler(self) -> Handler:
        """The handler FastAPI asks for."""
        handle, bounds, enters = super().get_route_handler(), bounds_of(self.endpoint), self.entrance is not None
        streams = self.body_field is None

        async def answered(request: Request) -> Response:
            refuse_unbounded(request, bounds)
            bounded = BoundedRequest(request.scope, limited(request.receive, bounds.body), request._send)  # noqa: SLF001
            bounded.state.streams = streams
            if enters:
                bounded.state.caller = await caller(bounded)
            try:
                async with asyncio.timeout(bounds.seconds):
                    response = await handle(bounded)
            except Replayed as before:
                return again(before.answer)
            except TimeoutError:
                raise HTTPException(504, "It took too long.") from None
            except (ShopwrightError, RequestValidationError, HTTPException) as error:
                if not isinstance(error, DatabaseUnavailable):  # then nobody knows whether it was done
                    await let_go(bounded)
                raise
            await keep(bounded, response, secret=bounds.secret)
            return response

        return answered

    @property
    def entrance(self) -> Entrance | None:
        """How it comes into a tenant; None for what is public."""
        found = list(_entrances(self.dependant))
        assert len(found) <= 1  # noqa: S101 - a route is for one action
        return found[0] if found else None

    @property
    def action(self) -> Action | None:
        """What it is for."""
        return self.entrance.action if self.entrance else None


def _entrances(dependant: Dependant) -> Iterator[Entrance]:
    for each in dependant.dependencies:
        if isinstance(each.call, Entrance):
            yield each.call
        yield from _entrances(each)


def router(tag: str, prefix: str = "/v1") -> APIRouter:
    """A router of such routes, for one resource. An operation's id is the name of its function."""
    return APIRouter(
        prefix=prefix,
        route_class=BoundedRoute,
        tags=[tag],
        responses=PROBLEMS,
        generate_unique_id_function=lambda route: route.name,
    )
