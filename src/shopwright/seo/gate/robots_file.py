"""Rules on robots.txt (RFC 9309): it names the sitemap, and keeps no crawler from anything."""

import re
from collections.abc import Iterator, Mapping
from operator import itemgetter

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.facts import decoded
from shopwright.seo.gate.rules.rule import Finding

NAME = "robots.txt"

_MOST_BYTES = 500 << 10
"""What crawlers read of it at least, and the large ones at most (RFC 9309, 2.5)."""
_MOST_RULES = 500
"""Rules that are compared with every address: a store needs none."""
_LINE = re.compile("\r\n|\r|\n")


def robots_findings(site: BuiltSite) -> Iterator[Finding]:
    """What is broken in it."""
    data = site.read(NAME)
    if data is None:
        yield Finding(NAME, "robots", "there is none")
        return
    if len(data) > _MOST_BYTES:
        yield Finding(NAME, "robots", f"{len(data):,} bytes, of which crawlers read {_MOST_BYTES:,}")
    said = list(_fields(data[:_MOST_BYTES].decode("utf-8", "replace")))
    yield from _blocked(site, {value: number for number, name, value in reversed(said) if name == "disallow" and value})
    if site.origin + site.own("sitemap.xml") not in [value for _, name, value in said if name == "sitemap"]:
        yield Finding(NAME, "robots", "it does not name the sitemap")


def _blocked(site: BuiltSite, rules: Mapping[str, int]) -> Iterator[Finding]:
    """Rules, each with its line, that are about a file of the site; their octets may be percent-encoded (2.2.2)."""
    if len(rules) > _MOST_RULES:
        yield Finding(NAME, "robots", f"{len(rules):,} rules that disallow something")
        return
    for value, number in sorted(rules.items(), key=itemgetter(1)):
        pattern = decoded(value)
        blocked = next((address for address in site.files if means(pattern, address)), "")
        if blocked:
            yield Finding(NAME, "robots", f"Disallow: {value[:80]} keeps crawlers from {blocked}", number)


def _fields(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, name, value) of every line."""
    for number, line in enumerate(_LINE.split(text.removeprefix("\ufeff")), start=1):
        name, _, value = line.partition("#")[0].partition(":")
        yield number, name.strip().lower(), value.strip()


def means(pattern: str, address: str) -> bool:
    """Whether a rule is about an address: ``*`` stands for anything, ``$`` at its end for the end (RFC 9309, 2.2.3)."""
    first, *parts = pattern.removesuffix("$").split("*")
    ended = pattern.endswith("$")
    if not address.startswith(first):
        return False
    place = len(first)
    for number, part in enumerate(parts, start=1):
        found = address.rfind(part, place) if ended and number == len(parts) else address.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return not ended or place == len(address)
