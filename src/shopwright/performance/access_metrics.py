"""Who comes in and who does not, what quotas refuse, and what trails are told."""

from shopwright.performance.metrics import Label, counter

SIGN_INS = counter(
    "shopwright_sign_ins_total",
    "Proofs of who somebody is",
    [Label("outcome", ("accepted", "refused", "slowed"))],
)
ENTRIES = counter(
    "shopwright_entries_total",
    "Callers at the doors of tenants",
    [Label("outcome", ("entered", "denied", "hidden", "step-up"))],
)
QUOTAS = counter("shopwright_quota_refusals_total", "What quotas refused", [Label("quota", most=30)])
EVENTS = counter("shopwright_audit_events_total", "Events for audit trails", [Label("outcome", ("kept", "lost"))])
