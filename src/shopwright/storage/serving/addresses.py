"""From the target of a request to a file of a site."""

import re
from urllib.parse import quote, unquote

from shopwright.storage.serving.resource import Resource, Site

MOST_CHARACTERS = 4_000
_LOCALE = re.compile("[a-z]{2,3}(-[a-z0-9]{2,4}){0,2}")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")
_PAGE = "index.html"


def decoded(target: str) -> str:
    """The path of a request target, decoded."""
    return unquote(target.partition("?")[0].partition("#")[0])


def is_plain(path: str) -> bool:
    """Whether a decoded path can name a file: no way up, nothing hidden, no empty segment but the last."""
    parts = path.split("/")
    return (
        len(path) <= MOST_CHARACTERS
        and path.startswith("/")
        and all(part and not part.startswith(".") for part in parts[1:-1])
        and not parts[-1].startswith(".")
        and not _HIDDEN.search(path)
    )


def find_file(site: Site, path: str) -> Resource | None:
    """What stands at ``path``, which is plain and begins with ``/``."""
    return site.find(f"{path}{_PAGE}"[1:] if path.endswith("/") else path[1:])


def is_folder(site: Site, path: str) -> bool:
    """Whether a page stands at ``path`` with a slash behind it."""
    return not path.endswith("/") and site.find(f"{path}/{_PAGE}"[1:]) is not None


def not_found_page(site: Site, path: str) -> Resource | None:
    """The site's own page for what is not there, in the language of the address."""
    first = path.lstrip("/").partition("/")[0]
    page = site.find(f"{first}/404.html") if _LOCALE.fullmatch(first) else None
    return page or site.find("404.html")


def location(path: str, target: str) -> str:
    """A ``Location`` for a decoded path, with the query of the request."""
    query = target.partition("#")[0].partition("?")[2]
    return quote(path, safe="/:@!$&'()*+,;=~-._") + (f"?{query}" if query else "")
