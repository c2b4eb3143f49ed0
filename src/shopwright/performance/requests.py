"""Requests that were answered: how many, and how long that took."""

from shopwright.performance.metrics import Label, counter, gauge, histogram

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")

_METHOD = Label("method", METHODS)
_ROUTE = Label("route", most=200)
_STATUS = Label("status", STATUSES)

REQUESTS = counter("shopwright_http_requests_total", "Requests answered", [_METHOD, _ROUTE, _STATUS])
SECONDS = histogram("shopwright_http_request_seconds", "From a request to the end of its answer", [_METHOD, _ROUTE])
OPEN = gauge("shopwright_http_requests_open", "Requests being answered")
BUSY = counter(
    "shopwright_http_refusals_total",
    "Requests refused for what they would cost or who asks",
    [Label("reason", ("overloaded", "quota", "rate", "sign-in", "rights", "hidden", "too large"))],
)


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answer. ``route`` is the pattern (``/v1/tenants/{tenant}``), never the path somebody asked for."""
    REQUESTS.add(method, route, f"{status // 100}xx")
    SECONDS.observe(seconds, method, route)
