"""All metrics of all processes, whichever of them this one counts: rules and documents name what is here."""

from shopwright.performance import (  # noqa: F401 - importing makes them
    access_metrics,
    admission,
    broker_metrics,
    database_metrics,
    health,
    job_metrics,
    line_metrics,
    process_metrics,
    requests,
)
from shopwright.performance.alerts import evaluation, watch  # noqa: F401 - as above
from shopwright.performance.metrics import REGISTRY

EVERY_METRIC = REGISTRY
