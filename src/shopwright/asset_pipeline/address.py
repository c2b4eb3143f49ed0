"""Addresses as merchants write them, made into addresses that can be asked for."""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from shopwright.errors import PictureError

_ADDRESS = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9._:-]{1,253}")
_PATH_SAFE = "/%:@!$&'()*+,;=~"
_QUERY_SAFE = _PATH_SAFE + "?"


def is_address(source: str) -> bool:
    """Whether a picture's source names another machine, by http, https or the ``//host/path`` of shop exports."""
    return _ADDRESS.match(source) is not None


def tidy_address(source: str, base: str = "https:") -> str:
    """``source`` as an http(s) address in ASCII, relative to ``base``, without its fragment.

    Raises PictureError when it is no such address, or carries a user's name.
    """
    try:
        parts = urlsplit(urljoin(base, source.strip()))
        host = (parts.hostname or "").encode("idna").decode().lower()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # also UnicodeError: a label too long or empty
        raise _refused(source) from None
    if parts.scheme not in ("http", "https") or parts.username is not None or not _HOST.fullmatch(host):
        raise _refused(source)
    place = f"[{host}]{port}" if ":" in host else f"{host}{port}"
    return urlunsplit((parts.scheme, place, quote(parts.path or "/", _PATH_SAFE), quote(parts.query, _QUERY_SAFE), ""))


def _refused(source: str) -> PictureError:
    return PictureError(f"picture address refused: {source[:200]!r}.", remedy="Use a plain http or https address.")
