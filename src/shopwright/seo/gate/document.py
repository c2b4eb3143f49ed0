"""Rules that only a whole page can keep or break: its outline, its landmarks, its ids and what names them."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from shopwright.seo.gate.languages import runs_right_to_left
from shopwright.seo.gate.rules.rule import Found
from shopwright.seo.gate.said import Said

_DOCTYPE = "<!doctype html>"


def document_findings(said: Said) -> Iterator[Found]:
    """What is broken on the page as a document."""
    yield from _frame(said)
    yield from _outline(tuple(said.values("heading")), said.line("heading"))
    yield from _landmarks(tuple(said.values("landmark")), said.line("landmark"))
    yield from _ids(said)
    yield from _fields(said)
    yield from _skip_link(said)
    yield from _pictures(said)
    yield from _groups(said)
    if (
        said.all("table")
        and len(said.all("th")) == 0
        and any(role not in ("presentation", "none") for role in said.values("table"))
    ):
        yield Found("table-header", f"{len(said.all('table'))} tables, no header cell", said.line("table"))


def _frame(said: Said) -> Iterator[Found]:
    if str(said.first("doctype")).lower() != _DOCTYPE or said.line("doctype") > 1:
        yield Found("doctype", str(said.first("doctype"))[:60] or "none", said.line("doctype"))
    language, direction = said.first("html", ("", ""))
    if not language:
        yield Found("no-lang", "", said.line("html"))
    elif (direction.lower() == "rtl") is not runs_right_to_left(language):
        yield Found("wrong-dir", f"lang={language[:40]}, dir={direction[:10] or 'none'}", said.line("html"))
    titles = said.all("title")
    if not said.first("title"):
        yield Found("no-title", "", said.line("title"))
    elif len(titles) > 1:
        yield Found("no-title", f"{len(titles)} titles", titles[1][1])


@lru_cache(maxsize=512)
def _outline(levels: tuple[int, ...], line: int) -> tuple[Found, ...]:
    found: list[Found] = []
    if levels.count(1) != 1:
        found.append(Found("h1-count", str(levels.count(1)), line))
    found += [
        Found("heading-skip", f"h{before} to h{level}", line)
        for before, level in pairwise(levels)
        if level > before + 1
    ]
    return tuple(found)


@lru_cache(maxsize=512)
def _landmarks(landmarks: tuple[tuple[str, str], ...], line: int) -> tuple[Found, ...]:
    found: list[Found] = []
    counts = Counter(kind for kind, _ in landmarks)
    if counts["main"] != 1:
        found.append(Found("no-main", f"{counts['main']} main elements", line))
    found += [Found("no-landmark", f"no {kind}", line) for kind in ("header", "nav", "footer") if not counts[kind]]
    found += [
        Found("landmark-name", f"{counts[kind]} {kind} elements of the page", line)
        for kind in ("header", "footer")
        if counts[kind] > 1
    ]
    names = Counter(name for kind, name in landmarks if kind == "nav")
    if counts["nav"] > 1:
        found += [Found("landmark-name", f"{times} nav elements are called {name!r}", line)
                  for name, times in names.items() if times > 1 or not name]  # fmt: skip
    return tuple(found)


def _ids(said: Said) -> Iterator[Found]:
    ids = list(said.values("id"))
    known, popovers = set(ids), set(said.values("popover"))
    if len(known) < len(ids):
        yield from (
            Found("double-id", name[:60], _second_line(said, name)) for name, times in Counter(ids).items() if times > 1
        )
    for (attribute, name), line in said.all("ref"):
        if name not in known:
            yield Found("dead-reference", f'{attribute}="{name[:60]}"', line)
        elif attribute == "popovertarget" and name not in popovers:
            yield Found("dead-reference", f'{attribute}="{name[:60]}" is no popover', line)
    for (path, fragment), line in said.all("place"):
        if path in ("", said.address) and fragment not in known and fragment != "top":
            yield Found("dead-fragment", f"#{fragment[:80]}", line)
    keys = Counter(said.values("key"))
    yield from (Found("double-accesskey", key[:20]) for key, times in keys.items() if times > 1)


def _second_line(said: Said, name: str) -> int:
    return [line for value, line in said.all("id") if value == name][1]


def _fields(said: Said) -> Iterator[Found]:
    fields = said.all("field")
    labelled = set(said.values("labels")) if fields else set()
    for (identifier, name), line in fields:
        if not identifier or identifier not in labelled:
            yield Found("no-label", name, line)


def _skip_link(said: Said) -> Iterator[Found]:
    """A first link to the main content, where there is anything to skip before it."""
    landmark = said.first("landmark", ("main", ""))[0]
    if landmark == "main":
        return
    body = said.line("body")
    lines = [line for (path, _), line in said.all("place") if path in ("", said.address) and line >= body]
    main = said.first("main")
    leads = [line for (path, name), line in said.all("place") if path in ("", said.address) and name == main]
    if not lines or lines[0] > said.line("landmark"):
        yield Found("no-skip-link", f"the first thing is a {landmark}", said.line("landmark"))
    elif main and not (leads and leads[0] <= said.line("landmark")):
        yield Found("no-skip-link", f"no first link leads to #{main[:60]}", lines[0])


def _pictures(said: Said) -> Iterator[Found]:
    first: list[int] = []
    shapes: dict[str, list[str]] = {}
    for (_, priority, source, *shape), line in said.all("picture"):
        if priority == "high":
            first.append(line)
        known = shapes.setdefault(source, shape)
        if known != shape:
            yield Found("no-size", f"{source[:100]} is {' × '.join(known)} elsewhere, {' × '.join(shape)} here", line)
    if len(first) > 1:
        yield Found("loading", f"{len(first)} pictures of high priority", first[1])


def _groups(said: Said) -> Iterator[Found]:
    """Every fieldset begins with a legend, or is named otherwise."""
    kinds = said.all("group")
    for (kind, line), (following, _) in pairwise([*kinds, ("", 0)]):
        if kind == "fieldset" and following != "legend":
            yield Found("no-legend", "", line)
