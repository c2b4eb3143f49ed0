"""Rules on the ``_headers`` file: what every response says (OWASP Secure Headers Project)."""

from collections.abc import Iterator

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.policy import directives, policy_faults
from shopwright.seo.gate.rules.rule import Finding

NAME = "_headers"
_EVERYWHERE = "/*"
_NEEDED = {
    "content-security-policy": "",
    "x-content-type-options": "nosniff",
    "referrer-policy": "",
}
_UNSAFE_REFERRER = "unsafe-url"
_FRAMED_BY_NONE = frozenset({"deny", "sameorigin"})
_ANYBODY = frozenset({"*", "http:", "https:"})


def header_findings(site: BuiltSite) -> Iterator[Finding]:
    """What is broken in it."""
    text = site.text(NAME)
    if text is None:
        yield Finding(NAME, "headers", "there is none")
        return
    said = _everywhere(text)
    for name, value in _NEEDED.items():
        given = said.get(name, "")
        if not given or (value and given.lower() != value) or given.lower() == _UNSAFE_REFERRER:
            yield Finding(NAME, "headers", f"{name} is {given!r}" if given else f"no {name} for all files")
    policy = said.get("content-security-policy", "")
    if policy:
        yield from (Finding(NAME, "csp-weak", fault) for fault in policy_faults(policy))
        if _framed_by_anybody(policy, said.get("x-frame-options", "")):
            yield Finding(NAME, "headers", "any site may show the store in a frame")
    transport = said.get("strict-transport-security", "").lower().replace(" ", "")
    if site.origin.startswith("https:") and ("max-age=" not in transport or "max-age=0" in transport.split(";")):
        yield Finding(NAME, "headers", "no strict-transport-security for all files")
    yield from _exceptions(text)


def _framed_by_anybody(policy: str, option: str) -> bool:
    """Browsers that know frame-ancestors look at nothing else."""
    ancestors = directives(policy).get("frame-ancestors")
    return option.lower() not in _FRAMED_BY_NONE if ancestors is None else not _ANYBODY.isdisjoint(ancestors)


def _exceptions(text: str) -> Iterator[Finding]:
    """Lines that take a protecting header away from some files (``! Name``), or files out of search engines."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line[:1] not in (" ", "\t"):
            continue
        name, _, value = line.strip().lower().partition(":")
        if name.startswith("!"):
            yield Finding(NAME, "headers", f"a rule takes {name.lstrip('! ')[:80]} away", number)
        elif name == "x-robots-tag" and ("noindex" in value or "none" in value):
            yield Finding(NAME, "headers", f"x-robots-tag {value.strip()[:80]} hides files from search engines", number)


def _everywhere(text: str) -> dict[str, str]:
    """The headers of every file, by their names in lower case."""
    said: dict[str, str] = {}
    path = ""
    for line in text.split("\n"):
        if line[:1] not in (" ", "\t"):
            path = line.strip()
        elif path == _EVERYWHERE and ":" in line:
            name, _, value = line.strip().partition(":")
            said[name.lower()] = value.strip()
    return said
