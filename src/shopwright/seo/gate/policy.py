"""A Content-Security-Policy, judged: what would let code of others into a page (CSP Level 3)."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

_CODE = ("script-src", "style-src", "object-src", "base-uri", "form-action")
_OPEN_SOURCES = frozenset(
    {
        "*",
        "http:",
        "https:",
        "data:",
        "blob:",
        "'unsafe-inline'",
        "'unsafe-eval'",
        "'unsafe-hashes'",
        "'strict-dynamic'",
    }
)
_OWN_ONLY = frozenset({"script-src", "style-src", "object-src", "base-uri"})
"""What comes from no other host: the gate knows no script of somebody else that a store needs."""
_LOOSE = frozenset({"*", "'allow-duplicates'"})
_FALL_BACK = frozenset({"script-src", "style-src", "object-src"})


@lru_cache(maxsize=256)
def directives(policy: str) -> Mapping[str, list[str]]:
    """The sources of each directive; of two with one name the first counts, as in a browser."""
    parts = (part.split() for part in policy.lower().split(";"))
    found: dict[str, list[str]] = {}
    for name, *sources in filter(None, parts):
        found.setdefault(name, sources)
    return found


@lru_cache(maxsize=256)
def policy_faults(policy: str) -> tuple[str, ...]:
    """What is weak in a policy, in words."""
    return tuple(_faults(directives(policy)))


def _faults(said: Mapping[str, list[str]]) -> Iterator[str]:
    fallback = said.get("default-src")
    for name in _CODE:
        sources = said.get(name, fallback if name in _FALL_BACK else None)
        if sources is None:
            yield f"no {name}"
            continue
        for source in sources:
            if source in _OPEN_SOURCES or source.startswith(("http://", "*.")) or (name in _OWN_ONLY and "." in source):
                yield f"{name} allows {source}"
    for name in ("connect-src", "frame-ancestors"):
        away = [source for source in said.get(name, ()) if "." in source or source in _OPEN_SOURCES]
        yield from (f"{name} allows {source}" for source in away if source not in said.get("img-src", ()))
    for name in sorted(_LOOSE.intersection(said.get("trusted-types", ()))):
        yield f"trusted-types allows {name}"
    yield from (f"{name} tells another site" for name in ("report-uri", "report-to") if name in said)
    if "require-trusted-types-for" not in said:
        yield "no require-trusted-types-for"
