"""Rules on a page's head: what it tells browsers, search engines and social networks."""

from collections.abc import Iterator
from functools import lru_cache

from shopwright.seo.gate.governed import blocked, policy_order
from shopwright.seo.gate.languages import is_hreflang
from shopwright.seo.gate.policy import policy_faults
from shopwright.seo.gate.rules.rule import Found
from shopwright.seo.gate.said import Said, is_own
from shopwright.seo.gate.social import social_findings

TITLE_LENGTH = 200
"""Characters of a title that help anybody: results show about a third of it."""
DESCRIPTION_LENGTH = 320
"""Characters of a description: the most that results have ever shown."""

_LATEST_CHARSET = 1_000
"""Where browsers stop to look for it: at 1,024 bytes (HTML Standard, 4.2.5.4)."""
_CRAWLERS = frozenset(
    {"googlebot", "googlebot-news", "bingbot", "msnbot", "slurp", "duckduckbot", "applebot", "baiduspider", "naverbot",
     "yeti", "seznambot", "yandex", "yandexbot"}
)  # fmt: skip
"""Crawlers of search engines that obey a meta element of their own name."""
_HIDING = frozenset({"noindex", "none", "unavailable_after"})
_LESSENING = frozenset({"nofollow", "nosnippet", "noimageindex", "max-snippet:0", "max-image-preview:none"})


def head_findings(said: Said) -> Iterator[Found]:
    """What is broken in the head."""
    meta = dict(reversed([*said.values("meta")]))
    yield from _basics(said, meta)
    yield from _policy(said)
    yield from _addresses(said)
    if is_indexed(said):
        yield from _texts(said, meta)
        yield from _canonical(said)
        yield from social_findings(said, meta)
        yield from _crawlers(said)
    if said.all("alternate"):
        yield from _alternates(said)
        yield from _versions(said)


def is_indexed(said: Said) -> bool:
    """Whether search engines may index a page: of several robots elements the strictest counts."""
    return not any(name == "robots" and _HIDING & _words(content) for name, content in said.values("meta"))


@lru_cache(maxsize=256)
def _words(content: str) -> frozenset[str]:
    """What a robots element says: ``unavailable_after`` of one with a day."""
    words = (part.strip().replace(" ", "") for part in content.lower().split(","))
    return frozenset(word.partition(":")[0] if word.startswith("unavailable") else word for word in words)


def _crawlers(said: Said) -> Iterator[Found]:
    """What keeps one crawler from a page that is for all, or all of them from its links, texts or pictures."""
    for (name, content), line in said.all("meta"):
        if name == "robots" or name in _CRAWLERS:
            for word in sorted(_words(content) & (_HIDING | _LESSENING)):
                yield Found("robots-meta", f'{name} is told "{word}" on a page that may be indexed', line)
        elif name == "rating":
            yield Found("robots-meta", f'rating "{content[:40]}" hides the page from most searches', line)


def _basics(said: Said, meta: dict[str, str]) -> Iterator[Found]:
    if said.first("charset") != "utf-8":
        yield Found("charset", str(said.first("charset"))[:40] or "none", said.line("charset"))
    elif said.html.find("charset") > _LATEST_CHARSET:
        yield Found("charset", f"not within the first {_LATEST_CHARSET} characters", said.line("charset"))
    styled = any(name == "style-src" for name, _ in said.values("governed"))
    if not styled and not any(kind == "style" for _, kind in said.values("inline")):
        yield Found("no-styles", "")
    if "width=device-width" not in meta.get("viewport", "").replace(" ", ""):
        yield Found("viewport", meta.get("viewport", "none")[:80])


def _texts(said: Said, meta: dict[str, str]) -> Iterator[Found]:
    title, description = said.first("title"), meta.get("description", "")
    times = sum(name == "description" for name, _ in said.values("meta"))
    if times > 1:
        yield Found("no-description", f"{times} descriptions")
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
    yield from policy_order(said)
    for policy, line in policies:
        yield from (Found("csp-weak", fault, line) for fault in policy_faults(policy))
    yield from blocked(said)


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
    elif not is_own(said, address):
        yield Found("canonical", f"{address[:100]} is not the page's own address", line)


def _alternates(said: Said) -> Iterator[Found]:
    links = said.all("alternate")
    line = said.line("alternate")
    for code, number in ((code, number) for (code, _), number in links):
        if not _known(code):
            yield Found("bad-hreflang", f'hreflang="{code[:40]}"', number)
    language = said.first("html", ("", ""))[0].lower()
    own = [code.lower() for (code, address), _ in links if code != "x-default" and is_own(said, address)]
    if not own:
        yield Found("alternate-self", "none of the hreflang links leads to the page itself", line)
    elif not any(language == code or language.startswith(f"{code}-") for code in own):
        yield Found("alternate-self", f"the page is in {language or 'no language'}, its own link says {own[0]}", line)
    if not any(code == "x-default" for (code, _), _ in links):
        yield Found("alternate-self", "no x-default", line)
    codes = [code for (code, _), _ in links]
    if len(set(codes)) < len(codes):
        yield Found("bad-hreflang", "a language stands twice", line)


def _versions(said: Said) -> Iterator[Found]:
    """Links to the page in another language lead where its hreflang links do."""
    known = {code.lower(): said.own_path(url) for (code, url), _ in said.all("alternate")}
    for (code, address), line in said.all("version"):
        path = known.get(code.lower())
        if path and said.own_path(address) not in (path, ""):
            yield Found("language-link", f"{address[:200]} is not the page in {code[:40]}", line)


@lru_cache(maxsize=256)
def _known(code: str) -> bool:
    return is_hreflang(code)
