"""What the driver raises, in our words: naming the field and the reason, never showing a value."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pymongo.errors import (
    BulkWriteError,
    ConfigurationError,
    ConnectionFailure,
    ExecutionTimeout,
    InvalidURI,
    OperationFailure,
    PyMongoError,
    WTimeoutError,
)

from shopwright.database.encoding import MOST_BYTES
from shopwright.database.refusal import refusals
from shopwright.errors import DatabaseError, DatabaseUnavailable, DocumentRefused, DuplicateDocument

_VALIDATION = 121
_DUPLICATE = 11_000
_TOO_LARGE = {10_334, 17_419, 17_420, 17_421}
_TOO_DEEP = {15}
_NOT_ALLOWED, _NOT_KNOWN = 13, 18
_ENDING = {91, 189, 11_600, 11_602}
"""The server stops, or stops being the one that is written to: whoever joined a private one meets it at its end."""

_HOW_IT_IS = (
    "It is mongodb://USER:PASSWORD@HOST:PORT/?OPTIONS, with @ : / ? # % in a name or password as %40 %3A "
    "%2F %3F %23 %25; look at its options, the files they name, and the host's name."
)

_RETRIED = "TransientTransactionError"


@contextmanager
def answered(where: str, *, in_transaction: bool = False) -> Iterator[None]:
    """Raise what the driver raises inside as a ``DatabaseError``.

    Inside a transaction, what a second try may cure passes as it is: the driver then tries again.
    """
    try:
        yield
    except PyMongoError as error:
        if in_transaction and error.has_error_label(_RETRIED):
            raise
        raise translated(error, where) from None


@contextmanager
def reading_uri() -> Iterator[None]:
    """Make a client of the driver inside: raises ``DatabaseError`` for a connection string, without showing any of it.

    What the driver would only warn of and then leave out, such as ``tls=yes``, is refused too.
    """
    try:
        with warnings.catch_warnings(action="error", category=UserWarning):
            yield
    except (PyMongoError, ValueError, OSError, UserWarning):
        raise translated(ConfigurationError(), "MONGODB_URI") from None


def translated(error: PyMongoError, where: str) -> DatabaseError:
    """Our error for one of the driver's."""
    if isinstance(error, ConnectionFailure | ExecutionTimeout | WTimeoutError) or error.timeout or _is_ending(error):
        return DatabaseUnavailable(
            f"The database did not answer ({type(error).__name__})",
            where=where,
            remedy="Is the server running? `shopwright db status` tells. A private one is started by each command.",
        )
    if error.has_error_label(_RETRIED):
        return DatabaseUnavailable("Other transactions were in its way each time", where=where, remedy="Try again.")
    if isinstance(error, ConfigurationError | InvalidURI):
        return DatabaseError("The connection string cannot be used", where=where, remedy=_HOW_IT_IS)
    if isinstance(error, OperationFailure):
        return _of_answer(error.code or 0, _details(error), where)
    return DatabaseError(f"The database driver refused this ({type(error).__name__})", where=where)


def in_words(error: PyMongoError) -> str:
    """What happened, to stand within a sentence: what the driver says is long, and holds documents."""
    return translated(error, "").what


def _is_ending(error: PyMongoError) -> bool:
    return isinstance(error, OperationFailure) and error.code in _ENDING


def _details(error: OperationFailure) -> Mapping[str, Any]:
    """The answer, or in a bulk write its first error."""
    details = error.details or {}
    if isinstance(error, BulkWriteError):
        writes = details.get("writeErrors") or [{}]
        return dict(writes[0])
    return details


def _of_answer(code: int, details: Mapping[str, Any], where: str) -> DatabaseError:
    code = details.get("code", code)
    if code == _VALIDATION:
        return DocumentRefused("; ".join(refusals(details.get("errInfo", {}))), where=where)
    if code == _DUPLICATE:
        fields = " and ".join(details.get("keyPattern", {"these values": 1}))
        return DuplicateDocument(f"Another document has the same {fields}", where=where)
    if code in _TOO_LARGE:
        return DocumentRefused(f"It is larger than {MOST_BYTES:,} bytes", where=where)
    if code in _TOO_DEEP:
        return DocumentRefused("It nests too deeply", where=where)
    if code == _NOT_ALLOWED:
        remedy = "`shopwright db migrate` corrects the roles of tenants; else give the user in MONGODB_URI its roles."
        return DatabaseError("The database refuses this user what was asked", where=where, remedy=remedy)
    if code == _NOT_KNOWN:
        return DatabaseError("The database refuses this user", where=where, remedy="Correct the user in MONGODB_URI.")
    return DatabaseError(f"The database refused this ({details.get('codeName', 'error')}, code {code})", where=where)
