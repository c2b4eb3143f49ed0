"""Rules on a page's head: what it tells browsers, search engines and social networks."""

from collections.abc import Iterator
from functools import lru_cache

from shopwright.seo.gate.languages import is_hreflang
from shopwright.seo.gate.policy import policy_faults
from shopwright.seo.gate.rules.rule import Found
from shopwright.seo.gate.said import Said

TITLE_LENGTH = 200
"""Characters of a title that help anybody: results show about a third of it."""
DESCRIPTION_LENGTH = 320
"""Characters of a description: the most that results have ever shown."""

_OPEN_GRAPH = ("og:title", "og:type", "og:url", "og:image")
_UNHASHED = ("style", "text/javascript", "module", "importmap")


def head_findings(said: Said) -> Iterator[Found]:
    """What is broken in the head."""
    meta = dict(reversed([*said.values("meta")]))
    indexed = "noindex" not in meta.get("robots", "")
    yield from _basics(said, meta)
    yield from _policy(said)
    yield from _addresses(said)
    if indexed:
        yield from _texts(said, meta)
        yield from _canonical(said)
        yield from _open_graph(said)
    if said.all("alternate"):
        yield from _alternates(said)


def _basics(said: Said, meta: dict[str, str]) -> Iterator[Found]:
    if said.first("charset") != "utf-8":
        yield Found("charset", str(said.first("charset"))[:40] or "none", said.line("charset"))
    if "width=device-width" not in meta.get("viewport", "").replace(" ", ""):
        yield Found("viewport", meta.get("viewport", "none")[:80])


def _texts(said: Said, meta: dict[str, str]) -> Iterator[Found]:
    title, description = said.first("title"), meta.get("description", "")
    if len(title) > TITLE_LENGTH:
        yield Found("title-length", f"{len(title)} characters", said.line("title"))
    if not description.strip():
        yield Found("no-description", "")
    elif len(description) > DESCRIPTION_LENGTH:
        yield Found("description-length", f"{len(description)} characters")


def _policy(said: Said) -> Iterator[Found]:
    policies = said.all("policy")
    if not policies:
        yield Found("csp-missing", "")
        return
    if said.line("policy") > min([line for _, line in (*said.all("loads"), *said.all("targets"))], default=1 << 30):
        yield Found("csp-missing", "it stands after what it should govern", said.line("policy"))
    for policy, line in policies:
        yield from (Found("csp-weak", fault, line) for fault in policy_faults(policy))
    allowed = " ".join(policy for policy, _ in policies)
    for (digest, kind), line in said.all("inline"):
        if kind in _UNHASHED:
            yield Found("inline-code", kind, line)
        elif digest not in allowed:
            yield Found("inline-code", f"the policy does not allow {kind}", line)


def _addresses(said: Said) -> Iterator[Found]:
    if said.origin.startswith("http:"):
        return
    yield from (Found("mixed-content", address, line) for address, line in said.all("insecure"))
    yield from (Found("http-link", address, line) for address, line in said.all("plain"))


def _canonical(said: Said) -> Iterator[Found]:
    given = said.all("canonical")
    if len(given) != 1:
        yield Found("canonical", f"{len(given)} canonical links", said.line("canonical"))
        return
    address, line = given[0]
    if not address.startswith(("https://", "http://")):
        yield Found("canonical", f"{address[:100]} is not absolute", line)
    elif not _is_own(said, address):
        yield Found("canonical", f"{address[:100]} is not the page's own address", line)


def _is_own(said: Said, url: str) -> bool:
    """Whether an absolute address is the page's own, as far as the site's origin is known."""
    return said.own_path(url) == said.address if said.origin else url == said.first("canonical")


def _open_graph(said: Said) -> Iterator[Found]:
    social: dict[str, str] = {}
    for name, content in said.values("open-graph"):
        social.setdefault(name, content)
    line = said.line("open-graph")
    for name in _OPEN_GRAPH:
        if not social.get(name):
            yield Found("open-graph", f"no {name}", line)
    url = social.get("og:url", "")
    if url and not _is_own(said, url):
        yield Found("open-graph", f"og:url {url[:100]} is not the page's own address", line)
    image = social.get("og:image", "")
    if image and not image.startswith(("https://", "http://")):
        yield Found("open-graph", f"og:image {image[:100]} is not absolute", line)


def _alternates(said: Said) -> Iterator[Found]:
    links = said.all("alternate")
    line = said.line("alternate")
    for code, number in ((code, number) for (code, _), number in links):
        if not _known(code):
            yield Found("bad-hreflang", f'hreflang="{code[:40]}"', number)
    language = said.first("html", ("", ""))[0].lower()
    own = [code.lower() for (code, address), _ in links if code != "x-default" and _is_own(said, address)]
    if not own:
        yield Found("alternate-self", "none of the hreflang links leads to the page itself", line)
    elif not any(language == code or language.startswith(f"{code}-") for code in own):
        yield Found("alternate-self", f"the page is in {language or 'no language'}, its own link says {own[0]}", line)
    if not any(code == "x-default" for (code, _), _ in links):
        yield Found("alternate-self", "no x-default", line)
    codes = [code for (code, _), _ in links]
    if len(set(codes)) < len(codes):
        yield Found("bad-hreflang", "a language stands twice", line)


@lru_cache(maxsize=256)
def _known(code: str) -> bool:
    return is_hreflang(code)
