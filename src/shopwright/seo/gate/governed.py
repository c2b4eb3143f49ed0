"""What a page's own Content-Security-Policy stops: code that is not its own, files and forms that never arrive."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from shopwright.seo.gate.policy import directives
from shopwright.seo.gate.rules.rule import Found
from shopwright.seo.gate.said import Said
from shopwright.seo.gate.tokens import tokens
from shopwright.seo.gate.told import Told

_UNHASHED = ("style", "text/javascript", "module", "importmap")
_LOADING = frozenset({"loads", "shows", "target", "governed"})
_ITSELF = "'self'"
_NO_FALLBACK = frozenset({"form-action", "base-uri"})


def policy_order(said: Said) -> Iterator[Found]:
    """Whether the policy stands before all it should govern, where browsers look for it."""
    line, end = said.line("policy"), 0
    for _ in range(line):
        end = said.html.find("\n", end) + 1 or len(said.html)
    wrong = _in_the_way(said.html[:end])
    if wrong:
        yield Found("csp-missing", wrong, line)


@lru_cache(maxsize=64)  # pages begin alike
def _in_the_way(beginning: str) -> str:
    """What keeps a policy from governing all of a page that begins so; nothing if it is the first thing."""
    for token in tokens(beginning):
        if not isinstance(token, Told):
            continue
        kinds = {kind for kind, _ in token.facts}
        if "policy" in kinds:
            break
        if token.tag.name == "noscript" or (token.tag.name == "body" and not token.tag.ends):
            return f"it stands in {token.tag.name}, where browsers do not read it"
        if token.tag.name in ("script", "style") or kinds & _LOADING:
            return f"it stands after {token.tag.shown()}, which it should govern"
    return ""


def blocked(said: Said) -> Iterator[Found]:
    """What the policies of a page do not allow."""
    policies = [directives(policy) for policy in said.values("policy")]
    for (digest, kind), line in said.all("inline"):
        name = "style-src" if kind == "style" else "script-src"
        if kind in _UNHASHED:
            yield Found("inline-code", kind, line)
        elif not all(digest.lower() in (_sources(policy, name) or ()) for policy in policies):
            yield Found("inline-code", f"the policy does not allow {kind}", line)
    if said.origin:
        used = dict(reversed([*said.all("governed"), *_pictures(said)]))
        for (name, source), line in used.items():
            if not all(_allows(_sources(policy, name), source, said.origin) for policy in policies):
                yield Found("policy-blocks", f"{name} does not allow {source[:200]}", line)


def _pictures(said: Said) -> Iterator[tuple[tuple[str, str], int]]:
    """What pictures need of a policy, with a line that needs it."""
    for source, line in {shown[2]: line for shown, line in said.all("picture")}.items():
        away = source.startswith("//") or "://" in source[:12]
        if away or not source.startswith("data:"):
            yield ("img-src", source if away else _ITSELF), line


def _sources(policy: Mapping[str, list[str]], name: str) -> tuple[str, ...] | None:
    """The sources that a directive allows; none if the policy says nothing of it. Those of others count by fallback."""
    given = policy.get(name)
    if given is None and name not in _NO_FALLBACK:
        given = policy.get("child-src") if name == "frame-src" else None
        given = policy.get("default-src") if given is None else given
    return None if given is None else tuple(given)


@lru_cache(maxsize=4_096)
def _allows(sources: tuple[str, ...] | None, source: str, origin: str) -> bool:
    """Whether a source list matches an address (CSP Level 3, 6.7.2.7)."""
    if sources is None:
        return True
    address = origin + "/" if source == _ITSELF else f"https:{source}" if source.startswith("//") else source
    own = address.lower().startswith(f"{origin.lower()}/")
    return any((own and each == _ITSELF) or _matches(each, address, itself=source == _ITSELF) for each in sources)


def _matches(source: str, address: str, *, itself: bool) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if source == "*" or source == f"{parts.scheme.lower()}:":
        return True
    scheme, has_scheme, rest = source.rpartition("://")
    named, _, path = rest.partition("/")
    if has_scheme and scheme != parts.scheme.lower():
        return False
    name, _, port = named.partition(":")
    same = host.endswith(name[1:]) if name.startswith("*.") else host == name
    there = (
        not path or itself or parts.path.startswith(f"/{path}")
        if path.endswith("/")
        else not path or parts.path == f"/{path}"
    )
    return same and there and port in ("", "*", str(parts.port or ""))
