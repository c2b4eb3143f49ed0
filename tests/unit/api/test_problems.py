import datetime as dt

import orjson
import pytest
from fastapi import HTTPException
from fastapi.exceptions import RequestValidationError
from hypothesis import given
from hypothesis import strategies as st

from shopwright import errors
from shopwright.api.problems import KINDS, MEDIA_TYPE, name_of, of_error, of_http, of_request, public, told_error

LEAVES = [kind for kind in vars(errors).values() if isinstance(kind, type) and kind is not errors.ShopwrightError]


def body(answer):
    return orjson.loads(answer.body)


def test_every_error_has_its_line():
    assert set(KINDS) == set(LEAVES)


@pytest.mark.parametrize("kind", LEAVES)
def test_no_error_shows_the_inside(kind):
    error = kind("It failed in /srv/secret/file.csv", where="/tmp/x/y.py", remedy="See /home/a/b.")
    answer = of_error(error)
    assert (answer.status_code, answer.media_type) == (body(answer)["status"], MEDIA_TYPE)
    assert body(answer)["type"] == f"urn:shopwright:problem:{name_of(kind)}"
    assert not any(part in answer.body for part in (b"/srv", b"/tmp", b"/home", b"Traceback"))
    if answer.status_code in (500, 503) and kind is not errors.Overloaded:
        assert set(body(answer)) == {"type", "title", "status"}


def test_who_did_not_prove_who_they_are_is_told_how():
    refused = errors.SignInRefused("no")
    assert of_error(refused).headers["www-authenticate"] == 'Bearer realm="shopwright"'
    refused.retry_after = 30
    assert (of_error(refused).status_code, of_error(refused).headers["retry-after"]) == (429, "30")


def test_quotas_say_when_to_come_again():
    error = errors.QuotaExceeded("full")
    error.limit, error.used = 5, 5
    assert (of_error(error).status_code, body(of_error(error))["limit"]) == (403, 5)
    assert "retry-after" not in of_error(error).headers
    error.status, error.resets_at = 429, dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)
    assert 29 <= int(of_error(error).headers["retry-after"]) <= 30
    error.resets_at = None
    assert of_error(error).headers["retry-after"] == "1"


def test_what_may_pass_says_so():
    assert of_error(errors.DatabaseUnavailable("gone")).headers["retry-after"] == "5"
    assert of_error(errors.Overloaded("busy")).headers["retry-after"] == "1"


def test_http_has_its_own():
    assert body(of_http(HTTPException(404))) == {
        "type": "urn:shopwright:problem:not-found",
        "title": "Not Found",
        "status": 404,
    }
    assert body(of_http(HTTPException(415, "Send CSV.", {"Accept": "text/csv"})))["detail"] == "Send CSV."


async def test_a_request_of_another_form_is_not_repeated():
    fault = {"loc": ("body", "name"), "msg": "too long", "input": "SECRET", "type": "x"}
    answer = await told_error(None, RequestValidationError([fault] * 30))
    assert b"SECRET" not in answer.body
    assert body(answer)["faults"][0] == {"in": "body", "name": "name", "message": "too long"}
    assert len(body(of_request(RequestValidationError([fault] * 30)))["faults"]) == 20


@given(st.lists(st.from_regex(r"[a-z0-9_.-]{1,8}", fullmatch=True), min_size=2, max_size=5))
def test_paths_are_cut_to_their_names(parts):
    assert public(f"cannot read /{'/'.join(parts)}: no") == f"cannot read {parts[-1]}: no"
    address = f"see https://example.org/{'/'.join(parts)}"
    assert public(address) == address
