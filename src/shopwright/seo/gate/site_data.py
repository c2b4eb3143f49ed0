"""``#site-data``: what the scripts of every page are told of the site (docs/reference/theme-api.md)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from shopwright.catalog.money import known_currencies, minor_digits
from shopwright.seo.gate.policy import directives
from shopwright.seo.gate.rules.rule import Found
from shopwright.seo.gate.said import Said
from shopwright.seo.gate.tag_rules import CODE_ADDRESS

_IGNORED = re.compile(r"[\t\n\r]")
_ADDRESSES = ("home", "search", "cart", "worker")
_IN_LANGUAGE = ("search", "cart")


class _SiteData(NamedTuple):
    """The site's own addresses, what is wrong: (rule, what was found), and what the page is held to."""

    paths: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    locale: str = ""
    home: str = ""
    root: str = ""
    currency: str = ""
    checkout: str = ""


def site_findings(said: Said, text: str, line: int) -> tuple[tuple[str, ...], list[Found]]:
    """The paths that it names, and what is wrong with it by itself and on this page."""
    data = _read(text, said.origin.startswith("https:"))
    found = [Found(rule, f"#site-data: {what}", line) for rule, what in data.wrong]
    language = said.first("html", ("", ""))[0]
    if data.locale and language and data.locale.lower() != language.lower():
        found.append(Found("bad-page-data", f"#site-data is in {data.locale[:40]}, the page in {language[:40]}", line))
    if data.home and not said.address.startswith(data.home):
        found.append(Found("bad-page-data", f"#site-data: the page is not under {data.home[:100]}", line))
    elif data.home != data.root:
        found += _foreign(said, data.home)
    targets = [source for policy in said.values("policy") for source in directives(policy).get("form-action", ())]
    ascii_only = data.checkout.isascii()
    if away := [each for each in targets if "." in each and ascii_only and not data.checkout.lower().startswith(each)]:
        found.append(Found("csp-weak", f"form-action allows {away[0][:100]}, which is not the checkout", line))
    return data.paths, found


def counted_in(text: str) -> str:
    """The currency that the cart counts in."""
    return _read(text, False).currency


def _foreign(said: Said, home: str) -> Iterator[Found]:
    """Links to pages in another language that do not say so; the default language has no place of its own."""
    told = {said.own_path(address) for _, address in said.values("version")}
    for targets, line in said.all("targets"):
        for path in targets:
            if path.endswith("/") and not path.startswith(home) and path not in told:
                yield Found("language-link", f"{path[:200]} is in another language, without hreflang", line)


@lru_cache(maxsize=64)  # the same on all pages of a language
def _read(text: str, secure: bool) -> _SiteData:
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return _SiteData(wrong=(("bad-page-data", str(error)),))
    if not isinstance(said, dict):
        return _SiteData(wrong=(("bad-page-data", "no object"),))
    given = (said.get(name) for name in _ADDRESSES)
    locale, home, root = (str(said.get(name) or "") for name in ("locale", "home", "store"))
    paths = tuple(path for path in given if isinstance(path, str) and path.startswith("/"))
    wrong = tuple(_wrong(said, home, secure=secure))
    return _SiteData(paths, wrong, locale, home, root, str(said.get("currency") or ""), _checkout(said))


def _wrong(said: dict[str, Any], home: str, *, secure: bool) -> Iterator[tuple[str, str]]:
    currency = said.get("currency")
    if isinstance(currency, str) and (
        currency not in known_currencies() or minor_digits(currency) != said.get("digits")
    ):
        yield "bad-page-data", f"{str(said.get('digits'))[:20]} decimals of {currency[:20]}"
    for name in _IN_LANGUAGE:
        if not str(said.get(name) or home).startswith(home):
            yield "bad-page-data", f"{name} {str(said[name])[:100]} is not under {home[:100]}"
    checkout = _checkout(said)
    if CODE_ADDRESS.match(_IGNORED.sub("", checkout)):
        yield "inline-code", f"checkout is {checkout[:60]!r}"
    elif secure and checkout.lower().startswith("http:"):
        yield "mixed-content", f"checkout is {checkout[:200]}"


def _checkout(said: dict[str, Any]) -> str:
    """The address that the cart is handed over to."""
    given = said.get("checkout")
    return str((given.get("url") if isinstance(given, dict) else given) or "")
