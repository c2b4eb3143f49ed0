import pytest

from shopwright.access.csrf import Sent, csrf_token, is_forged
from shopwright.access.token import new_token

OURS = "https://console.example.org"
SESSION = new_token("luna")


def sent(**changes):
    return Sent(**{"method": "POST", "origin": OURS, "site": "same-origin", "token": csrf_token(SESSION), **changes})


def test_what_a_page_of_ours_sends_is_taken():
    assert not is_forged(sent(), SESSION, OURS)
    assert not is_forged(sent(site=""), SESSION, OURS)


@pytest.mark.parametrize("method", ["GET", "head", "OPTIONS"])
def test_what_changes_nothing_is_taken(method):
    assert not is_forged(Sent(method, "https://evil.example", "cross-site"), SESSION, OURS)


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://console.example.org.evil.example"},
        {"origin": "http://console.example.org"},
        {"site": "cross-site"},
        {"site": "same-site"},
        {"site": "none"},
        {"token": ""},
        {"token": "0" * 64},
        {"token": "é"},
        {"token": csrf_token(new_token("luna"))},
    ],
)
@pytest.mark.parametrize("method", ["POST", "put", "DELETE", "PATCH", "INVENTED"])
def test_each_defence_holds_alone(method, changes):
    """Where it comes from without the token, and the token without where it comes from."""
    assert is_forged(sent(method=method, **changes), SESSION, OURS)


def test_a_sign_in_has_no_session_and_is_told_apart_by_where_it_comes_from():
    assert not is_forged(sent(token=""), None, OURS)
    assert is_forged(sent(token="", origin="https://evil.example"), None, OURS)


def test_the_token_is_the_sessions_and_changes_with_it():
    assert csrf_token(SESSION) == csrf_token(SESSION)
    assert csrf_token(SESSION) != csrf_token(new_token("luna"))
    assert SESSION.secret.text not in csrf_token(SESSION)
