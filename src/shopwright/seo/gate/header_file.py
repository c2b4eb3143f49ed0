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
    "cross-origin-opener-policy": "",
    "permissions-policy": "",
}
_WRITTEN = frozenset({*_NEEDED, "x-frame-options", "strict-transport-security", "cache-control", "x-robots-tag"})
_UNSAFE = frozenset({"unsafe-url", "unsafe-none"})
_FRAMED_BY_NONE = frozenset({"deny", "sameorigin"})
_ANYBODY = frozenset({"*", "http:", "https:"})
_HIDING = frozenset({"noindex", "none", "unavailable_after"})
_LEAST_TRANSPORT = 182 * 86_400
"""Seconds of Strict-Transport-Security that protect anybody: half a year (Mozilla HTTP Observatory)."""
_NAMED_BY_CONTENT = "/assets/*"
_LONGEST_KEPT = 86_400
"""Seconds for which a browser may keep what has no hash in its name."""
_PERMITTED = frozenset({"camera", "microphone", "geolocation"})
_WORKER = "/sw.js"
_OWN = {
    ".js": "script-src",
    ".css": "style-src",
    ".png": "img-src",
    ".woff2": "font-src",
    ".webmanifest": "manifest-src",
}
"""What the policy has to allow for a site's own files to arrive."""


def header_findings(site: BuiltSite) -> Iterator[Finding]:
    """What is broken in it."""
    text = site.text(NAME)
    if text is None:
        yield Finding(NAME, "headers", "there is none")
        return
    said = _everywhere(text)
    for name, value in _NEEDED.items():
        given = said.get(name, "")
        if not given or (value and given.lower() != value) or given.lower() in _UNSAFE:
            yield Finding(NAME, "headers", f"{name} is {given!r}" if given else f"no {name} for all files")
    policy = said.get("content-security-policy", "")
    if policy:
        yield from (Finding(NAME, "csp-weak", fault) for fault in policy_faults(policy))
        yield from _stopped(site, policy)
        if _framed_by_anybody(policy, said.get("x-frame-options", "")):
            yield Finding(NAME, "headers", "any site may show the store in a frame")
    if site.origin.startswith("https:") and _seconds(said.get("strict-transport-security", "")) < _LEAST_TRANSPORT:
        yield Finding(NAME, "headers", "no strict-transport-security of half a year for all files")
    yield from _lines(text)


def _stopped(site: BuiltSite, policy: str) -> Iterator[Finding]:
    """Kinds of the site's own files that the policy of all files stops, whatever the pages' own allow."""
    sources = directives(policy)
    for ending, name in _OWN.items():
        allowed = sources.get(name, sources.get("default-src", ["'self'"]))
        first = next((address for address in site.files if address.endswith(ending)), "")
        if first and not {"'self'", "*", "https:", site.origin}.intersection(allowed):
            yield Finding(NAME, "headers", f"the policy stops {first}: {name} does not allow 'self'")


def _seconds(value: str) -> int:
    """The ``max-age`` of a header; 0 if it says none."""
    ages = (part.strip().lower().partition("=") for part in value.replace(",", ";").split(";"))
    return next((int(age.strip(' "')) for name, _, age in ages if name == "max-age" and age.strip(' "').isdecimal()), 0)


def _framed_by_anybody(policy: str, option: str) -> bool:
    """Browsers that know frame-ancestors look at nothing else."""
    ancestors = directives(policy).get("frame-ancestors")
    return option.lower() not in _FRAMED_BY_NONE if ancestors is None else not _ANYBODY.isdisjoint(ancestors)


def _lines(text: str) -> Iterator[Finding]:
    """Lines that the build does not write: what takes protection away, hides files, or lets browsers keep them."""
    path, seen = "", set[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        if line[:1] not in (" ", "\t"):
            path = line.strip()
            continue
        name, _, value = (part.strip() for part in line.strip().lower().partition(":"))
        if name:
            fault = _fault(path, name, value) or ("stands twice for all files" if path + name in seen else "")
            if fault:
                yield Finding(NAME, "headers", f"{name[:80]} {fault}", number)
            seen.add(path + name)
    if f"{_NAMED_BY_CONTENT}cache-control" not in seen:
        yield Finding(NAME, "headers", f"browsers do not keep {_NAMED_BY_CONTENT}")


def _fault(path: str, name: str, value: str) -> str:
    """What is wrong with a header of the files at a path; nothing if the build may have written it."""
    if name.startswith("!"):
        return f"takes the header away from {path[:80]}"
    if name == "x-robots-tag":
        words = {word.strip() for part in value.split(",") for word in part.split(":")}
        return f"hides {path[:80]} from search engines" if words & _HIDING else ""
    if name == "permissions-policy":
        return _permitted(value)
    if name == "cache-control" and path == _NAMED_BY_CONTENT:
        return "" if _seconds(value) and "no-store" not in value else f"does not let browsers keep {path}"
    if name == "cache-control":
        too_long = "immutable" in value or _seconds(value) > (0 if path.endswith(_WORKER) else _LONGEST_KEPT)
        return f"lets browsers keep {path[:80]} after it has changed" if too_long else ""
    if name not in _WRITTEN:
        return f"is no header of the build, for {path[:80]}"
    return "" if path == _EVERYWHERE else f"stands again for {path[:80]}: hosts send both"


def _permitted(value: str) -> str:
    """What a Permissions-Policy lets other sites do, or leaves to the default: they may ask for it in a frame."""
    said = dict(part.strip().partition("=")[::2] for part in value.split(","))
    open_to = [name for name, allowed in said.items() if "*" in allowed or "http" in allowed]
    if open_to:
        return f"gives {min(open_to)[:40]} to other sites"
    left = sorted(_PERMITTED - said.keys())
    return f"says nothing of {', '.join(left)}" if left else ""


def _everywhere(text: str) -> dict[str, str]:
    """The headers of every file, by their names in lower case."""
    said: dict[str, str] = {}
    path = ""
    for line in text.split("\n"):
        if line[:1] not in (" ", "\t"):
            path = line.strip()
        elif path == _EVERYWHERE and ":" in line:
            name, _, value = line.strip().partition(":")
            said.setdefault(name.lower(), value.strip())
    return said
