"""What ``store.yaml`` says about addresses that have moved or are gone."""

from typing import Annotated, Literal
from urllib.parse import quote, unquote, urlsplit

from pydantic import AfterValidator, Field, model_validator

from shopwright.catalog.product import Value
from shopwright.catalog.text import PlainText, is_web_address

MAX_REDIRECTS = 10_000
"""Most rules of ``store.yaml``: what fits into the file anyway."""

_SAFE = "/:@!$&'()*+,;=~-._"


def url_path(path: str) -> str:
    """A path as URLs write it, whether it is percent-encoded already or not."""
    return quote(unquote(path, errors="strict"), safe=_SAFE)


def _is_source(path: str) -> str:
    """Return a path of the store as URLs write it, or raise ``ValueError``."""
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError("a path of the store begins with one /")
    if "?" in path or "#" in path or not path.isprintable() or " " in path:
        raise ValueError("a path has no query, no fragment and no spaces: nothing but the path is compared")
    path, stars = url_path(path), path.count("*")
    if path.count("*") > stars:
        raise ValueError("a path has no encoded *")
    if path.startswith("//"):
        raise ValueError("a path of the store begins with one /")
    if "*" in path and (path.count("*") > 1 or not path.endswith("/*")):
        raise ValueError("a path may end in /* for everything below it; a * stands nowhere else")
    if any(part.startswith(":") for part in path.split("/")):
        raise ValueError("a path has no :placeholders")
    return path


def _is_target(address: str) -> str:
    """Return a path of the store as URLs write it, or a web address, or raise ``ValueError``."""
    if not address.startswith("/"):
        return is_web_address(address)
    if address.startswith(("//", "/\\")) or not address.isprintable() or " " in address or "*" in address:
        raise ValueError("a redirect leads to a path that begins with one /, or to an http(s) address")
    parts = urlsplit(address)
    path = url_path(parts.path)
    if path.startswith("//") or "*" in path:
        raise ValueError("a redirect leads to a path that begins with one /, or to an http(s) address")
    if any(part.startswith(":") for part in path.split("/")):
        raise ValueError("a path has no :placeholders")
    return path + address[len(parts.path) :]


class Redirect(Value):
    """An address that leads elsewhere. ``source`` is a path of the store, ``/*`` at its end stands for all below it.

    ``to`` is a path of the store or a web address; without it the address is gone (410).
    """

    source: Annotated[PlainText, Field(max_length=1_000), AfterValidator(_is_source)]
    to: Annotated[PlainText, Field(max_length=1_000), AfterValidator(_is_target)] | None = None
    status: Literal[301, 302, 307, 308] = 301


class Redirects(Value):
    """``rules`` count before what Shopwright finds itself; ``gone`` is what a product's address does when it has gone.

    ``gone`` answers 410; ``collection`` leads to the collection the product stood in first.
    """

    rules: Annotated[tuple[Redirect, ...], Field(max_length=MAX_REDIRECTS)] = ()
    gone: Literal["gone", "collection"] = "gone"

    @model_validator(mode="after")
    def _once(self) -> "Redirects":
        seen: set[str] = set()
        for rule in self.rules:
            if rule.source in seen:
                raise ValueError(f"the path {rule.source} is redirected twice")
            seen.add(rule.source)
        return self
