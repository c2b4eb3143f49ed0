from shopwright.performance import requests
from shopwright.performance.requests import answered


def counted():
    return dict(requests.REQUESTS.collect().series)


def test_an_answer_is_counted_by_method_pattern_and_class_of_status():
    before = counted().get(("GET", "/v1/tenants/{tenant}", "4xx"), 0)
    answered("GET", "/v1/tenants/{tenant}", 404, 0.25)
    assert counted()["GET", "/v1/tenants/{tenant}", "4xx"] == before + 1
    assert requests.SECONDS.collect().series["GET", "/v1/tenants/{tenant}"].sum >= 0.25


def test_a_method_nobody_knows_is_no_series_of_its_own():
    answered("BREW", "/v1/tenants/{tenant}", 405, 0.001)
    assert ("other", "/v1/tenants/{tenant}", "4xx") in counted()
