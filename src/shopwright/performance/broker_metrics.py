"""The broker that wakes workers: what was sent to it, what it brought, what waits there."""

from shopwright.performance.metrics import Label, counter, gauge

OFFERED = counter(
    "shopwright_broker_offers_total",
    "Messages for the broker: sent, not sent because enough wait there, or lost because it did not take them",
    [Label("end", ("sent", "enough", "lost"))],
)
BROUGHT = counter(
    "shopwright_broker_messages_total",
    "Messages the broker brought: there was work, there was none any more, or they were given back",
    [Label("end", ("worked", "idle", "given back"))],
)
WAITING = gauge("shopwright_broker_waiting", "Messages that waited at the broker when it was last looked at")
