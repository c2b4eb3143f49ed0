"""What a start tag tells of its page: facts that only the whole page, or the whole site, can judge.

Kinds and their values: ``id`` the id; ``ref`` (attribute, id it names); ``target`` an address from the root, and
``place`` (address, fragment) of one with a fragment; ``url``, ``shows`` and ``loads`` any other address that is
linked, shown as a picture, or loaded; ``insecure`` what is loaded by http:, ``plain`` what is only linked or shown so,
or names a host without a scheme; ``governed`` (directive, address or ``'self'``) what a Content-Security-Policy has to
allow; ``key`` an access key; ``labels`` the id a label is for; ``group`` a ``fieldset``, one that is ``named``
otherwise, or a ``legend``; ``picture`` (loading, priority, source, width, height); ``html`` (language, direction);
``meta`` (name, content); ``open-graph`` (property, content); ``canonical`` an address; ``alternate`` (language,
address); ``policy`` a Content-Security-Policy; ``charset``; ``value`` what a ``<data>`` says; ``offer`` (item,
currency), ``availability`` and ``condition`` what the page itself says of the offer it shows; ``version`` (language,
path) a link to the page in another language; ``popover`` the id of one; ``main`` the id of the main content.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from shopwright.seo.gate.aria import REFERENCES
from shopwright.seo.gate.tag import Fact, Tag

_PLAIN_PATH = re.compile(r"/[^/?#%][^?#%,]*+")
_IDS = frozenset(REFERENCES | {"headers", "popovertarget", "commandfor", "list", "form"})
_LOADING_RELATIONS = frozenset(
    {"stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload", "prefetch"}
)
_OFFERED = {"data-code": "availability", "data-condition": "condition"}
_LINKED = {
    "stylesheet": "style-src",
    "manifest": "manifest-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "modulepreload": "script-src",
}
_PRELOADED = {"script": "script-src", "style": "style-src", "font": "font-src", "image": "img-src"}
_DIRECTIVES = {
    "script": "script-src",
    "iframe": "frame-src",
    "object": "object-src",
    "embed": "object-src",
    "video": "media-src",
    "audio": "media-src",
}
"""The directive of a policy that has to allow what an element or relation loads (CSP Level 3, 6.1)."""


def facts_of(tag: Tag) -> Iterator[Fact]:
    """The facts of a start tag, in no particular order."""
    named = tag.attributes
    if "id" in named:
        yield "id", named["id"]
        if "popover" in named:
            yield "popover", named["id"]
    if "accesskey" in named:
        yield "key", named["accesskey"]
    for name in _IDS.intersection(named):
        for identifier in named[name].split():
            yield "ref", (name, identifier)
    if "data-" in tag.source:
        yield from _told_to_scripts(tag)
    own = _BY_NAME.get(tag.name)
    if own is not None:
        yield from own(tag)


def address_facts(address: str, kind: str) -> Iterator[Fact]:
    """What an address says: within the site ``target`` (and ``place``), elsewhere ``url`` or ``loads``."""
    address = address.strip()
    if address.startswith("/") and not address.startswith("//"):
        path, mark, fragment = address.partition("#")
        path = decoded(path.partition("?")[0])
        yield "target", path
        if mark and fragment:
            yield "place", (path, decoded(fragment))
    elif address.startswith("#"):
        if len(address) > 1:
            yield "place", ("", decoded(address[1:]))
    elif address[:5].lower() == "http:":
        yield ("insecure" if kind == "loads" else "plain"), address[:200]
        yield kind, address
    elif address:
        if address.startswith("//"):
            yield "plain", address[:200]
        yield kind, address


def decoded(path: str) -> str:
    """A path without percent-encoding, as files are named."""
    return unquote(path) if "%" in path else path


def _linked(tag: Tag) -> Iterator[Fact]:
    if "href" in tag.attributes:
        yield from address_facts(tag.attributes["href"], "url")
        if "hreflang" in tag.attributes:
            yield "version", (tag.attributes["hreflang"], tag.attributes["href"])


def _told_to_scripts(tag: Tag) -> Iterator[Fact]:
    """What stands in ``data-`` attributes: the offer that is shown, and files of the site that scripts fetch."""
    named = tag.attributes
    if "data-item" in named:
        yield "offer", (named["data-item"], named.get("data-currency", ""))
    yield from ((kind, named[name]) for name, kind in _OFFERED.items() if name in named)
    for name, value in named.items():
        if name.startswith("data-") and value.endswith(".json") and value.startswith("/"):
            yield from address_facts(value, "url")


def _governed(directive: str, address: str) -> Iterator[Fact]:
    """What a policy has to allow: the site's own files, or an address elsewhere."""
    address = address.strip()
    if address.startswith("//") or "://" in address[:12]:
        yield "governed", (directive, address[:500])
    elif address and not address.startswith(("#", "data:", "blob:", "mailto:")):
        yield "governed", (directive, "'self'")


def _sent(tag: Tag) -> Iterator[Fact]:
    action = tag.attributes.get("action") or tag.attributes.get("formaction")
    if action:
        yield from address_facts(action, "loads")
        yield from _governed("form-action", action)


def _loaded(tag: Tag) -> Iterator[Fact]:
    for name in ("src", "poster", "data"):
        if tag.attributes.get(name) and not (name == "data" and tag.name != "object"):
            yield from address_facts(tag.attributes[name], "shows" if tag.name in ("img", "source") else "loads")
            if tag.name in _DIRECTIVES:
                yield from _governed(_DIRECTIVES[tag.name], tag.attributes[name])
    srcset = tag.attributes.get("srcset")
    if srcset:
        yield from _candidates(srcset)


def _drawn(tag: Tag) -> Iterator[Fact]:
    """What a drawing shows of other files."""
    for name in ("href", "xlink:href"):
        if name in tag.attributes:
            yield from address_facts(tag.attributes[name], "shows")


def _script(tag: Tag) -> Iterator[Fact]:
    yield from _loaded(tag)
    for name in ("href", "xlink:href"):  # of a script in a drawing
        if name in tag.attributes:
            yield from address_facts(tag.attributes[name], "loads")
            yield from _governed("script-src", tag.attributes[name])


def _base(tag: Tag) -> Iterator[Fact]:
    yield from _governed("base-uri", tag.attributes.get("href", ""))


def _candidates(srcset: str) -> Iterator[Fact]:
    for candidate in srcset.split(", "):
        address = candidate.partition(" ")[0]
        if _PLAIN_PATH.fullmatch(address):
            yield "target", address
        elif address:
            yield from address_facts(address, "shows")


def _picture(tag: Tag) -> Iterator[Fact]:
    named = tag.attributes
    said = ("loading", "fetchpriority", "src", "width", "height")
    yield "picture", tuple([named.get(name, "") for name in said])
    yield from _loaded(tag)


def _root(tag: Tag) -> Iterator[Fact]:
    yield "html", (tag.attributes.get("lang", ""), tag.attributes.get("dir", ""))


def _main(tag: Tag) -> Iterator[Fact]:
    yield "main", tag.attributes.get("id", "")


def _meta(tag: Tag) -> Iterator[Fact]:
    named = tag.attributes
    content = named.get("content", "")
    if "charset" in named:
        yield "charset", named["charset"].lower()
    if "property" in named:
        yield "open-graph", (named["property"], content)
    elif "name" in named:
        yield "meta", (named["name"].lower(), content)
    elif named.get("http-equiv", "").lower() == "content-security-policy":
        yield "policy", content


def _relation(tag: Tag) -> Iterator[Fact]:
    address, relations = tag.attributes.get("href", ""), tag.attributes.get("rel", "").lower().split()
    if "canonical" in relations:
        yield "canonical", address
    elif "alternate" in relations and "hreflang" in tag.attributes:
        yield "alternate", (tag.attributes["hreflang"], address)
    elif _LOADING_RELATIONS.intersection(relations):
        yield from address_facts(address, "loads")
        yield from _candidates(tag.attributes.get("imagesrcset", ""))
        kind = "preload" if "preload" in relations else next(filter(_LINKED.get, relations), "")
        directive = _PRELOADED.get(tag.attributes.get("as", "").lower()) if kind == "preload" else _LINKED.get(kind)
        if directive:
            yield from _governed(directive, address)
    elif "alternate" in relations:
        yield from address_facts(address, "url")


def _fieldset(tag: Tag) -> Iterator[Fact]:
    yield "group", "named" if tag.label and tag.name == "fieldset" else tag.name


def _label(tag: Tag) -> Iterator[Fact]:
    if "for" in tag.attributes:
        yield "labels", tag.attributes["for"]
        yield "ref", ("for", tag.attributes["for"])


def _data(tag: Tag) -> Iterator[Fact]:
    if "value" in tag.attributes:
        yield "value", tag.attributes["value"]


_BY_NAME = {
    "a": _linked,
    "area": _linked,
    "form": _sent,
    "button": _sent,
    "input": _sent,
    "img": _picture,
    "source": _loaded,
    "script": _script,
    "image": _drawn,
    "use": _drawn,
    "base": _base,
    "fieldset": _fieldset,
    "legend": _fieldset,
    "iframe": _loaded,
    "video": _loaded,
    "audio": _loaded,
    "embed": _loaded,
    "object": _loaded,
    "html": _root,
    "main": _main,
    "meta": _meta,
    "link": _relation,
    "label": _label,
    "data": _data,
}
