import pytest
from fastapi import HTTPException, Request, Response

from shopwright.api.entity_tags import expected, tag, unless_known

DIGEST = "ab" * 32


def request_with(**headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw})


def test_a_change_says_what_it_expects():
    assert expected(request_with(if_match=tag(DIGEST))) == DIGEST


@pytest.mark.parametrize(("headers", "status"), [({}, 428), ({"if_match": "*"}, 412), ({"if_match": '"x"'}, 412)])
def test_a_change_that_does_not_is_refused(headers, status):
    with pytest.raises(HTTPException) as caught:
        expected(request_with(**headers))
    assert caught.value.status_code == status


def test_what_is_known_is_not_sent_again():
    given = Response(b"{}")
    assert unless_known(request_with(), DIGEST, given).headers["etag"] == tag(DIGEST)
    known = unless_known(request_with(if_none_match=f'"x", W/{tag(DIGEST)}'), DIGEST, given)
    assert (known.status_code, known.body) == (304, b"")
