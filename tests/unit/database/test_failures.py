import pytest
from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    ConfigurationError,
    DuplicateKeyError,
    ExecutionTimeout,
    InvalidOperation,
    OperationFailure,
    ServerSelectionTimeoutError,
    WriteError,
    WTimeoutError,
)

from shopwright.database.failures import answered, translated
from shopwright.errors import DatabaseError, DatabaseUnavailable, DocumentRefused, DuplicateDocument

DUPLICATE = {"code": 11_000, "keyPattern": {"store": 1, "handle": 1}, "keyValue": {"handle": "secret"}}


@pytest.mark.parametrize(
    ("error", "kind", "what"),
    [
        (AutoReconnect("secret"), DatabaseUnavailable, "The database did not answer (AutoReconnect)"),
        (ServerSelectionTimeoutError("secret"), DatabaseUnavailable, "did not answer (ServerSelectionTimeoutError)"),
        (ExecutionTimeout("secret", 50, {}), DatabaseUnavailable, "did not answer (ExecutionTimeout)"),
        (WTimeoutError("secret", 64, {}), DatabaseUnavailable, "did not answer (WTimeoutError)"),
        (ConfigurationError("secret"), DatabaseError, "The connection string cannot be used"),
        (OperationFailure("secret", 10_334, {}), DocumentRefused, "larger than 16,777,216 bytes"),
        (OperationFailure("secret", 15, {}), DocumentRefused, "nests too deeply"),
        (OperationFailure("secret", 13, {}), DatabaseError, "refuses this user"),
        (DuplicateKeyError("secret", 11_000, DUPLICATE), DuplicateDocument, "the same store and handle"),
        (DuplicateKeyError("secret", 11_000, {}), DuplicateDocument, "the same these values"),
        (BulkWriteError({"writeErrors": [DUPLICATE]}), DuplicateDocument, "the same store and handle"),
        (BulkWriteError({"writeErrors": []}), DatabaseError, "The database refused this (error, code 65)"),
        (WriteError("secret", 121, {}), DocumentRefused, "breaks the schema"),
        (OperationFailure("secret", 2, {"codeName": "BadValue"}), DatabaseError, "refused this (BadValue, code 2)"),
        (OperationFailure("secret"), DatabaseError, "refused this (error, code 0)"),
        (OperationFailure("secret", 91, {"codeName": "ShutdownInProgress"}), DatabaseUnavailable, "did not answer"),
        (InvalidOperation("secret"), DatabaseError, "The database driver refused this (InvalidOperation)"),
    ],
)
def test_each_failure_has_its_words_and_shows_no_value(error, kind, what):
    found = translated(error, "things")
    assert type(found) is kind
    assert what in str(found)
    assert "secret" not in str(found)
    with pytest.raises(kind) as caught, answered("things"):
        raise error
    assert caught.value.__cause__ is None


def test_what_another_try_may_cure_reaches_the_transaction_as_it_is():
    conflict = OperationFailure("again", 112, {"errorLabels": ["TransientTransactionError"]})
    with pytest.raises(OperationFailure), answered("things", in_transaction=True):
        raise conflict
    with pytest.raises(DatabaseUnavailable, match=r"in its way each time\. Try again"), answered("things"):
        raise conflict
    with pytest.raises(DuplicateDocument), answered("things", in_transaction=True):
        raise DuplicateKeyError("no", 11_000, {})
