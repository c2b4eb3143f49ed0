"""The application, made of the parts of a platform: every route there is, and nothing that is loaded from elsewhere."""

import orjson
from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from shopwright.access.statement import open_statements
from shopwright.api.description import ADDRESS, described
from shopwright.api.problems import told_error
from shopwright.api.published import PublishedStores
from shopwright.api.route import router
from shopwright.api.routes import every
from shopwright.bootstrap.jobs import Jobs
from shopwright.bootstrap.parts import Parts
from shopwright.errors import ShopwrightError


def application(parts: Parts, jobs: Jobs, published: PublishedStores) -> FastAPI:
    """The API of a platform's tenants. Wrap it in ``shell.Shell`` to serve it."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.parts, app.state.jobs, app.state.published = parts, jobs, published
    app.state.statements = open_statements(parts.machine.settings.state / "statements.json")
    for kind in (ShopwrightError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, told_error)
    for each in (*every.ROUTERS, _description(app)):
        app.router.routes.extend(each.routes)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    return app


def _description(app: FastAPI) -> APIRouter:
    routes = router("health", "")

    @routes.get(ADDRESS, include_in_schema=False)
    async def openapi() -> Response:
        """The description of this API."""
        return Response(orjson.dumps(app.openapi()), media_type="application/json")

    return routes
