"""The database: how long its commands take, how long operations wait for a place, and its connections."""

from shopwright.performance.metrics import Label, counter, gauge, histogram

COMMANDS = (
    *("aggregate", "bulkWrite", "count", "delete", "distinct", "find", "findAndModify", "getMore", "insert", "update"),
    *("abortTransaction", "commitTransaction", "collMod", "create", "createIndexes", "drop", "hello", "killCursors"),
)

COMMAND = histogram(
    "shopwright_database_command_seconds",
    "How long a command took, as its connection saw it",
    [Label("command", COMMANDS), Label("collection", most=60)],
)
FAILED = counter("shopwright_database_failures_total", "Commands that failed", [Label("command", COMMANDS)])
WAITED = histogram("shopwright_database_wait_seconds", "How long an operation waited for a place")
CONNECTIONS = gauge("shopwright_database_connections", "Connections that are open")
BUSY = gauge("shopwright_database_connections_busy", "Connections that are in use")
