"""The data in a page: what its structured data describes, and what its scripts are told."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from shopwright.seo.gate.offers import CartData, Offered, offers_in_things, read_cart_data
from shopwright.seo.gate.rules.rule import Found
from shopwright.seo.gate.said import Said
from shopwright.seo.gate.seen_reviews import unseen
from shopwright.seo.gate.site_data import counted_in, site_findings
from shopwright.seo.gate.things import misfit, read_things

_PART = re.compile("page/[0-9]+/$")
"""What the address of a further page of a list ends with: breadcrumbs lead to the first."""
_SITE_DATA = "site-data"
_PRODUCT_DATA = "product-data"
_SOLD = ("Product", "ProductGroup")
_OWN = frozenset({*_SOLD, "Offer"})


@dataclass(slots=True)
class PageData:
    """What the data of a page says: findings, paths within the site, ``@id`` elsewhere, and offers.

    ``group`` is the id of the product that has variants, ``name`` what the product is called,
    ``carts`` what each ``#product-data`` says, with its line.
    """

    findings: list[Found] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)
    described: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    things: list[dict[str, Any]] = field(default_factory=list)
    offers: tuple[Offered, ...] = ()
    group: str = ""
    name: str = ""
    carts: list[tuple[CartData, int]] = field(default_factory=list)


def read_data(said: Said) -> PageData:
    """Read every script of a page that holds data."""
    data = PageData()
    nodes = _Nodes()
    for text, line in said.all("json-ld"):
        seen = read_things(text)
        data.findings += [Found(rule, what, line) for rule, what in seen.broken]
        data.targets.update(path for path in map(said.own_path, dict.fromkeys(seen.addresses)) if path)
        data.things += seen.things
        data.findings += [Found("bad-value", what, line) for what in nodes.define(seen.defined)]
        nodes.named += [(name, held_by, line) for name, held_by in dict.fromkeys(seen.named)]
    data.findings += nodes.findings()
    data.described = tuple(sorted(name for name in nodes.defined if "://" in name))
    data.named = tuple(dict.fromkeys(name for name, _, _ in nodes.named if name not in nodes.defined and "://" in name))
    data.offers = tuple(offers_in_things(data.things))
    data.group = next((str(thing["productGroupID"]) for thing in data.things if "productGroupID" in thing), "")
    data.name = next((str(thing.get("name", "")) for thing in data.things if thing.get("@type") in _SOLD), "")
    _read_scripts(said, data)
    sells = any(name == _PRODUCT_DATA for name, _ in said.values("data"))
    line = said.line("json-ld")
    wrong = (*_elsewhere(said, data.things, sells=sells), *unseen(said, data.things))
    data.findings += [Found("bad-value", what, line) for what in wrong]
    data.findings += [Found("currency-mismatch", what, line) for what in _other_money(data)]
    return data


class _Nodes:
    """What the structured data of a page describes under an ``@id``, and what it only names: (id, property, line)."""

    def __init__(self) -> None:
        self.defined: dict[str, dict[str, Any]] = {}
        self.named: list[tuple[str, str, int]] = []

    def define(self, nodes: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[str]:
        """Take things in; gives what is said of one of them in two ways, or has not the address that its id has."""
        for identifier, node in nodes:
            known = self.defined.setdefault(identifier, node)
            differ = [name for name in known.keys() & node.keys() if known[name] != node[name]]
            yield from (f"{name[:40]} of {identifier[:100]} is said in two ways" for name in sorted(differ))
            home, mark, _ = identifier.partition("#")
            if mark and home and isinstance(node.get("url"), str) and node["url"] != home:
                yield f"url of {identifier[:100]} is {node['url'][:100]}"

    def findings(self) -> Iterator[Found]:
        """Things that are named and not described on the page, or no fit value of what names them."""
        for name, held_by, line in self.named:
            node = self.defined.get(name)
            if node is None and "://" not in name:
                yield Found("dead-node", name[:100], line)
            elif node is not None and isinstance(kind := node.get("@type"), str) and misfit(kind, held_by):
                yield Found("bad-value", f"{held_by} is no {kind[:60]}: {name[:100]}", line)


def _counted(data: PageData, currency: str, line: int) -> Iterator[Found]:
    sold = {offer.currency for offer in data.offers if offer.currency} - {currency}
    if currency and sold:
        said = f"the cart counts in {currency[:20]}, the page sells in {min(sold)[:20]}"
        yield Found("currency-mismatch", f"#site-data: {said}", line)


def _other_money(data: PageData) -> Iterator[str]:
    """Amounts of shipping in another currency than what is sold."""
    sold = {offer.currency for offer in data.offers if offer.currency}
    paid = {str(thing.get("currency")) for thing in data.things if thing.get("@type") == "MonetaryAmount"}
    if sold and paid - sold:
        yield f"{', '.join(sorted(paid - sold))[:60]} for shipping of what is sold in {', '.join(sorted(sold))[:60]}"


def _elsewhere(said: Said, things: Iterable[dict[str, Any]], *, sells: bool) -> Iterator[str]:
    """What a page says of another page: its address, those of its product and offers, the end of its breadcrumbs."""
    first = _PART.sub("", said.address)
    for thing in things:
        kind, urls = thing.get("@type"), [thing.get("url")]
        if kind == "BreadcrumbList":
            steps = thing.get("itemListElement")
            urls = [steps[-1].get("item")] if isinstance(steps, list) and steps and isinstance(steps[-1], dict) else []
        elif kind != "CollectionPage" and not (sells and kind in _OWN):
            continue
        for url in urls:
            own = ("", said.address, first if kind == "BreadcrumbList" else "")
            if isinstance(url, str) and said.own_path(url) not in own:
                yield f"{kind} leads to {url[:200]}, another page"


def _read_scripts(said: Said, data: PageData) -> None:
    """What scripts are told; that of ``#product-data`` is compared with the offers later."""
    for (name, text), line in said.all("data"):
        if name != _PRODUCT_DATA:
            if name == _SITE_DATA:
                paths, wrong = site_findings(said, text, line)
                data.targets.update(paths)
                data.findings += wrong
                data.findings += _counted(data, counted_in(text), line)
            elif fault := _fault(text):
                data.findings.append(Found("bad-page-data", f"#{name[:60]}: {fault}", line))
        else:
            cart = read_cart_data(text)
            data.carts.append((cart, line))
            data.targets.update(filter(None, [said.own_path(cart.thumbnail)] if cart.thumbnail else []))


def _fault(text: str) -> str:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return str(error)
    return ""
