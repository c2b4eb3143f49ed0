"""The first steps of the line: read and check the catalogue, prepare its pictures, make its cards."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson

from shopwright.asset_pipeline.address import is_address, tidy_address
from shopwright.asset_pipeline.rendition import PreparedPicture
from shopwright.asset_pipeline.tally import Tally
from shopwright.asset_pipeline.workshop import PictureRequest, PictureWorkshop
from shopwright.catalog.alternative_text import AlternativeTexts
from shopwright.catalog.fault_rules import fault
from shopwright.catalog.faults import Fault, Report, Severity
from shopwright.catalog.product import Collection
from shopwright.catalog.source import CatalogSource
from shopwright.catalog.store import Store
from shopwright.errors import PictureError
from shopwright.generation.cards import COLOR_OPTIONS, card_record, facet_key
from shopwright.generation.coverage import Coverage
from shopwright.generation.edition import Edition
from shopwright.generation.ledger import product_thing
from shopwright.generation.overview import Overview
from shopwright.generation.spool import EVERYTHING, Spool

Json = dict[str, Any]
Tick = Callable[[], None]

CARD_PICTURES = 2
CARD_WIDTH = 1_024
"""No card is wider than 341 CSS pixels, so even at triple density it needs no more."""


def spool_catalog(source: CatalogSource, spool: Spool, report: Report, tick: Tick) -> None:
    """Read every product and collection into the spool."""
    for collection in source.store.collections:
        spool.add_collection(collection)
    texts = AlternativeTexts()
    for value in source.read(report):
        if isinstance(value, Collection):
            spool.add_collection(value)
        else:
            spool.add_product(texts.judged(value))
        tick()
    report.faults.extend(texts.faults())
    for handle in spool.unnamed_collections():
        spool.add_collection(Collection(handle=handle, title=handle.replace("-", " ").capitalize()))
        message = f"Products stand in a collection {handle!r} that is not described: it is titled after its handle."
        report.add(Fault("collection-unknown", Severity.WARNING, message, value=handle))


def ask_store_pictures(store: Store, spool: Spool) -> None:
    """Ask for the pictures that belong to the store itself."""
    given = (store.brand.logo, store.brand.logo_dark, store.hero.picture)
    spool.ask_pictures((picture.source, store.name) for picture in given if picture)
    shared = store.hero.picture or store.brand.logo
    spool.share_picture(shared.source if shared else None)


def prepare_pictures(
    spool: Spool, workshop: PictureWorkshop, policy: str, report: Report, tally: Tally, tick: Tick
) -> None:
    """Prepare every picture asked for; the spool remembers what pages need of it, and its files."""
    spool.forget_picture_files()
    told = {fault.value for fault in report.faults if fault.code == "picture-missing"}
    for request, prepared, error in workshop.prepare((PictureRequest(*wanted) for wanted in spool.pictures()), tally):
        if error and request.source not in told:
            report.add(Fault("picture-unusable", Severity.WARNING, str(error), value=request.source))
        if prepared:
            spool.add_picture_files((each.name, workshop.file(each)) for each in prepared.shown)
            spool.set_prepared(request.source, _record(prepared))
        elif policy == "link" and is_address(request.source):
            _link(request.source, spool, report)
        tick()


def _link(source: str, spool: Spool, report: Report) -> None:
    """Let pages show a picture from where it is; its address also goes into their Content-Security-Policy."""
    try:
        spool.set_prepared(source, orjson.dumps({"remote": tidy_address(source)}))
    except PictureError as error:
        report.add(Fault("picture-unusable", Severity.WARNING, str(error), value=source))


def _record(prepared: PreparedPicture) -> bytes:
    """What pages need of a prepared picture."""
    renditions = [
        {"format": each.format, "width": each.width, "height": each.height, "name": each.name}
        for each in prepared.shown
    ]
    return orjson.dumps({"color": prepared.color, "renditions": renditions})


def make_cards(spool: Spool, editions: dict[str, Edition], report: Report) -> Overview:
    """Make the card of every product, and the overview of all of them."""
    overview, coverage = Overview(), Coverage(editions)
    for position, data in spool.records():
        record: Json = orjson.loads(data)
        handles = _handles(record, spool, editions, report)
        card = card_record(record, editions, handles, _card_pictures(record, spool))
        spool.set_card(position, card, product_thing(record, editions, handles).line())
        shown: Json = orjson.loads(card)
        for locale, words in shown["words"].items():
            spool.claim_title(locale, words["title"], position)
        overview.add(position, shown, record.get("collections", []), _option_names(record))
        coverage.product(record, _terms(record, shown))
    overview.sort()
    _cover_store(coverage, spool, editions)
    report.faults.extend((*_collection_clashes(spool, editions), *coverage.faults()))
    return overview


def _collection_clashes(spool: Spool, editions: dict[str, Edition]) -> Iterator[Fault]:
    """Translated addresses of collections that another collection has: ``plan.collection_records`` refuses them."""
    records: list[Json] = [record for record in spool.collections() if record["handle"] != EVERYTHING]
    taken = {(locale, handle) for locale in editions for handle in (EVERYTHING, *(each["handle"] for each in records))}
    for record in records:
        for locale, edition in editions.items():
            wanted = edition.words(record).handle
            if wanted != record["handle"] and (locale, wanted) in taken:
                found = f"The address {wanted!r} ({locale}) of {record['handle']!r} belongs to another collection."
                yield fault("address-taken", found, value=wanted)
            taken.add((locale, wanted))


def _terms(record: Json, card: Json) -> Iterator[str]:
    """The words of a product that are looked up rather than translated with it."""
    yield from record.get("options", ())
    yield from (value for key, values in card["facets"].items() if key != "brand" for value in values)


def _cover_store(coverage: Coverage, spool: Spool, editions: dict[str, Edition]) -> None:
    """Count the texts that belong to no product."""
    for collection in spool.collections():
        if collection["handle"] != EVERYTHING:
            coverage.collection(collection)
    store = next(iter(editions.values())).site.store
    texts = {name: store[name] for name in ("tagline", "description", "about", "imprint")}
    texts |= {f"hero.{name}": store["hero"][name] for name in ("title", "text")}
    texts |= {f"policies.{name}": policy for name, policy in store["policies"].items()}
    for name, text in texts.items():
        coverage.text(name, text)


def _handles(record: Json, spool: Spool, editions: dict[str, Edition], report: Report) -> dict[str, str]:
    """The last part of a product's address in every locale: its translated handle unless another product has it.

    A product's own handle is never given to another one, so there is always an address to fall back to.
    """
    own, handles = record["handle"], {}
    for locale, edition in editions.items():
        wanted = edition.words(record).handle
        if wanted != own and (spool.position(wanted) is not None or not spool.claim_address(locale, wanted, own)):
            found = f"The address {wanted!r} ({locale}) of {own!r} belongs to another product."
            report.add(fault("address-taken", found, value=wanted))
            wanted = own
        handles[locale] = wanted
    return handles


def _card_pictures(record: Json, spool: Spool) -> list[Json]:
    chosen = [(picture["source"], picture.get("alt", "")) for picture in record.get("pictures", [])]
    chosen += [(variant["picture"], "") for variant in record.get("variants", []) if variant.get("picture")]
    return list(_prepared(chosen, spool))[:CARD_PICTURES]


def _prepared(chosen: list[tuple[str, str]], spool: Spool) -> Iterator[Json]:
    for source, alt in chosen:
        prepared = spool.prepared(source)
        if prepared:
            yield {**_for_card(orjson.loads(prepared)), "alt": alt}


def _for_card(record: Json) -> Json:
    """A card's place is narrow, so its pages do without the names of files that are too wide for it."""
    if "renditions" not in record:
        return record
    return {**record, "renditions": [each for each in record["renditions"] if each["width"] <= CARD_WIDTH]}


def _option_names(record: Json) -> dict[str, str]:
    return {
        facet_key(place, name): name
        for place, name in enumerate(record.get("options", []))
        if name.lower() not in COLOR_OPTIONS
    }
