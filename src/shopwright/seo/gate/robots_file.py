"""Rules on robots.txt (RFC 9309): it names the sitemap, and keeps no crawler from anything."""

from collections.abc import Iterator

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.rules.rule import Finding

NAME = "robots.txt"
_LONGEST = 500


def robots_findings(site: BuiltSite) -> Iterator[Finding]:
    """What is broken in it."""
    text = site.text(NAME)
    if text is None:
        yield Finding(NAME, "robots", "there is none")
        return
    lines = [(number, *_field(line)) for number, line in enumerate(text.split("\n"), start=1)]
    for number, name, value in lines:
        if name == "disallow" and value:
            blocked = next((address for address in site.files if means(value[:_LONGEST], address)), "")
            if blocked:
                yield Finding(NAME, "robots", f"Disallow: {value[:80]} keeps crawlers from {blocked}", number)
    sitemaps = [value for _, name, value in lines if name == "sitemap"]
    if site.origin + site.own("sitemap.xml") not in sitemaps:
        yield Finding(NAME, "robots", "it does not name the sitemap")


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition("#")[0].partition(":")
    return name.strip().lower(), value.strip()


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
