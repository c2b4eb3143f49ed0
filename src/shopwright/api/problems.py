"""Problem details (RFC 9457): what an answer says when something cannot be done, by one table over the error tree.

No answer shows a path of this machine, a traceback, or what went wrong inside: that stands in the log, under the
request's id.
"""

import datetime as dt
import math
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shopwright import errors
from shopwright.errors import Overloaded, QuotaExceeded, ShopwrightError, SignInRefused

MEDIA_TYPE = "application/problem+json"
MOST_FAULTS = 20
"""Of a request that are listed."""

_FOLDERS = re.compile(r"(?<![^\s'\"(\[{<=,;])/(?:[^\s/:,;'\"]+/)+")
"""Of an absolute path: all before the name."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status and title; ``told`` says whether the error's own words are for the caller."""

    status: int
    title: str
    told: bool = True


KINDS: dict[type[ShopwrightError], Kind] = {
    errors.SettingsError: Kind(422, "A value cannot be used"),
    errors.SourceError: Kind(422, "The source is no catalogue"),
    errors.LimitExceeded: Kind(413, "The source is larger than its bound"),
    errors.ChangeRefused: Kind(422, "The catalogue cannot be changed so"),
    errors.ChangedMeanwhile: Kind(412, "It was changed meanwhile"),
    errors.NotKept: Kind(404, "The catalogue does not hold it"),
    errors.PictureError: Kind(422, "The picture cannot be used"),
    errors.ThemeError: Kind(422, "The theme cannot be used"),
    errors.TemplateRefused: Kind(422, "A template breaks the policy"),
    errors.ContextRefused: Kind(422, "A template cannot be rendered with this"),
    errors.RenderLimitHit: Kind(422, "A template needs more than it may"),
    errors.BuildError: Kind(422, "The store cannot be built"),
    errors.AuditFailed: Kind(422, "The built pages break a rule"),
    errors.BuildLost: Kind(503, "The build was lost", told=False),
    errors.StorageError: Kind(500, "Storage failed", told=False),
    errors.AuditLogError: Kind(500, "The audit trail failed", told=False),
    errors.DatabaseError: Kind(500, "The database failed", told=False),
    errors.DatabaseUnavailable: Kind(503, "The database does not answer", told=False),
    errors.DocumentRefused: Kind(422, "A value is not of the form it must have"),
    errors.DuplicateDocument: Kind(409, "It is there already"),
    errors.ReferenceRefused: Kind(409, "It names what is not there, or is named"),
    errors.EncryptionError: Kind(500, "The database failed", told=False),
    errors.StoreBusy: Kind(409, "Somebody else works on the store"),
    errors.LeaseLost: Kind(409, "Somebody else works on the store"),
    errors.AccessDenied: Kind(403, "This may not be done"),
    errors.TenantHidden: Kind(404, "There is no such tenant"),
    errors.StepUpRequired: Kind(403, "A fresh second factor is needed"),
    errors.TenantError: Kind(409, "The state of the tenant does not allow it"),
    errors.SignInRefused: Kind(401, "Sign in"),
    errors.AccountError: Kind(422, "The account cannot be changed so"),
    errors.NoSuchUser: Kind(404, "There is no such user"),
    errors.BackupError: Kind(500, "The backup failed", told=False),
    errors.LogGap: Kind(500, "The backup failed", told=False),
    errors.QuotaExceeded: Kind(403, "All that is allowed is used"),
    errors.Overloaded: Kind(503, "There is no room for more work now"),
    errors.JobError: Kind(409, "The state of the job does not allow it"),
    errors.NoSuchJob: Kind(404, "There is no such job"),
    errors.JobCancelled: Kind(409, "The job was cancelled"),
    errors.BrowserAuditError: Kind(500, "The browser failed", told=False),
    errors.CheckoutError: Kind(500, "The installation is not whole", told=False),
}
"""Every error has its line."""

BUSY_SECONDS = 5
"""After which it may help to ask again where nobody knows better."""

_PASSING = (errors.StoreBusy, errors.LeaseLost, errors.DatabaseUnavailable, errors.BuildLost)


def name_of(kind: type[ShopwrightError]) -> str:
    """An error's name in a problem's type: ``quota-exceeded``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower()


def problem(status: int, name: str, title: str, **more: object) -> dict[str, Any]:
    """A problem as JSON has it; ``more`` that is empty is left out."""
    told = {"type": f"urn:shopwright:problem:{name}", "title": title, "status": status, **more}
    return {key: value for key, value in told.items() if value not in ("", None, [])}


def of_error(error: ShopwrightError) -> JSONResponse:
    """The answer to an error of the tree."""
    kind = KINDS[type(error)]
    status = _status(error, kind)
    told: dict[str, object] = {
        "detail": public(error.what),
        "where": public(error.where),
        "remedy": public(error.remedy),
    }
    if isinstance(error, QuotaExceeded):
        told |= {"limit": error.limit, "used": error.used}
    body = problem(status, name_of(type(error)), kind.title, **(told if kind.told else {}))
    return answer(body, _headers(error, status))


def of_http(error: HTTPException) -> JSONResponse:
    """The answer to what HTTP itself does not allow, such as a method or a media type."""
    phrase = HTTPStatus(error.status_code).phrase
    detail = "" if error.detail == phrase else error.detail
    body = problem(error.status_code, phrase.lower().replace(" ", "-"), phrase, detail=detail)
    return answer(body, dict(error.headers or {}))


def of_request(error: RequestValidationError) -> JSONResponse:
    """The answer to a request that is not of the form the description gives; what was sent is not repeated."""
    faults = [
        {"in": str(each["loc"][0]), "name": ".".join(map(str, each["loc"][1:])), "message": str(each["msg"])}
        for each in error.errors()[:MOST_FAULTS]
    ]
    return answer(problem(422, "invalid-request", "The request is not as described", faults=faults))


def answer(body: dict[str, Any], headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem as an answer."""
    return JSONResponse(body, body["status"], headers, media_type=MEDIA_TYPE)


def public(text: str) -> str:
    """A text without the folders of paths on this machine."""
    return _FOLDERS.sub("", text)


def _status(error: ShopwrightError, kind: Kind) -> int:
    if isinstance(error, QuotaExceeded):
        return error.status
    return 429 if isinstance(error, SignInRefused) and error.retry_after else kind.status


def _headers(error: ShopwrightError, status: int) -> dict[str, str]:
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="shopwright"'}
    seconds = _retry_after(error)
    return {"Retry-After": str(seconds)} if seconds else {}


def _retry_after(error: ShopwrightError) -> int:
    if isinstance(error, SignInRefused | Overloaded):
        return error.retry_after
    if isinstance(error, QuotaExceeded):
        left = error.resets_at - dt.datetime.now(dt.UTC) if error.resets_at else dt.timedelta(0)
        return max(1, math.ceil(left.total_seconds())) if error.status == HTTPStatus.TOO_MANY_REQUESTS else 0
    return BUSY_SECONDS if isinstance(error, _PASSING) else 0


async def told_error(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001 - the signature is Starlette's
    """A handler for each exception that has an answer of its own."""
    if isinstance(error, ShopwrightError):
        return of_error(error)
    if isinstance(error, RequestValidationError):
        return of_request(error)
    if isinstance(error, HTTPException):
        return of_http(error)
    return answer(problem(500, "internal", "Something went wrong here"))
