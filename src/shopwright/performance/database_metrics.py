"""The database: how long operations take and wait for a place, and how they fail."""

from shopwright.performance.metrics import Label, counter, histogram

FAILURES = (
    *("DatabaseUnavailable", "DatabaseError", "DocumentRefused", "DuplicateDocument", "ReferenceRefused"),
    *("EncryptionError", "LeaseLost", "StoreBusy"),
)
"""Leaves of the error tree."""

OPERATION = histogram(
    "shopwright_database_operation_seconds",
    "How long an operation took, its place once given",
    [Label("collection", most=60)],
)
WAITED = histogram("shopwright_database_wait_seconds", "How long an operation waited for a place")
FAILED = counter("shopwright_database_failures_total", "Operations that failed", [Label("error", FAILURES)])
