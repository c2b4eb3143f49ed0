"""Entity tags (RFC 9110, 8.8.3): who changes something says which state of it they have seen."""

import re

from fastapi import HTTPException, Request, Response

_TAG = re.compile(r'"([0-9a-f]{64})"')
IF_MATCH = {
    "parameters": [
        {
            "name": "If-Match",
            "in": "header",
            "required": True,
            "description": "The ETag of the state that is to be changed.",
            "schema": {"type": "string", "pattern": '^"[0-9a-f]{64}"$'},
            "example": '"' + "0" * 64 + '"',
        }
    ]
}
"""For the description of a route that asks for it."""


def tag(digest: str) -> str:
    """The strong tag of a digest."""
    return f'"{digest}"'


def expected(request: Request) -> str:
    """The digest a change expects. Raises 428 (RFC 6585) where it says none, 412 for what no state has."""
    given = request.headers.get("if-match")
    if given is None:
        raise HTTPException(428, "Send If-Match with the ETag of what you have read.")
    found = _TAG.fullmatch(given.strip())
    if found is None:
        raise HTTPException(412, "No state has this ETag.")
    return found[1]


def unless_known(request: Request, digest: str, response: Response) -> Response:
    """The answer with its tag, or 304 for who has it already."""
    known = request.headers.get("if-none-match", "")
    if tag(digest) in [each.strip().removeprefix("W/") for each in known.split(",")]:
        return Response(status_code=304, headers={"ETag": tag(digest)})
    response.headers["ETag"] = tag(digest)
    return response
