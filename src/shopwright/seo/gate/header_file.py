"""Rules on the ``_headers`` file: what every response says (OWASP Secure Headers Project)."""

from collections.abc import Iterator

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.policy import policy_faults
from shopwright.seo.gate.rules.rule import Finding

NAME = "_headers"
_EVERYWHERE = "/*"
_NEEDED = {
    "content-security-policy": "",
    "x-content-type-options": "nosniff",
    "referrer-policy": "",
}
_FRAMING = "frame-ancestors"


def header_findings(site: BuiltSite) -> Iterator[Finding]:
    """What is broken in it."""
    text = site.text(NAME)
    if text is None:
        yield Finding(NAME, "headers", "there is none")
        return
    said = _everywhere(text)
    for name, value in _NEEDED.items():
        given = said.get(name, "")
        if not given or (value and given.lower() != value):
            yield Finding(NAME, "headers", f"{name} is {given!r}" if given else f"no {name} for all files")
    policy = said.get("content-security-policy", "")
    if policy:
        yield from (Finding(NAME, "csp-weak", fault) for fault in policy_faults(policy))
        if _FRAMING not in policy and "x-frame-options" not in said:
            yield Finding(NAME, "headers", "any site may show the store in a frame")
    if site.origin.startswith("https:") and "strict-transport-security" not in said:
        yield Finding(NAME, "headers", "no strict-transport-security for all files")


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
