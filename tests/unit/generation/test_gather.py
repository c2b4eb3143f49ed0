"""The first steps of the line: catalogue, pictures and cards into the spool."""

import orjson
import pytest
from tests.unit.generation.records import editions, money, plain, product, site, variant

from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition, Traits
from shopwright.asset_pipeline.tally import Tally
from shopwright.catalog.faults import Report, Severity
from shopwright.catalog.product import Collection, Picture, Product
from shopwright.catalog.source import open_source
from shopwright.catalog.store import Hero, Store
from shopwright.errors import PictureError
from shopwright.generation.gather import ask_store_pictures, make_cards, prepare_pictures, spool_catalog
from shopwright.generation.spool import EVERYTHING, Spool

FILES = (Rendition("webp", 320, 240, 9, "aa-320.webp"), Rendition("avif", 320, 240, 9, "bb-320.avif"))
DRAWN = PreparedPicture(800, 600, "#804020", FILES[:1], "svg", 99, Traits(False, False), stand_in=True)


@pytest.fixture
def spool(tmp_path):
    spool = Spool(tmp_path)
    yield spool
    spool.close()


def fill(spool, *records):
    for record in records:
        spool.add_product(Product.model_validate_json(orjson.dumps(record)))


def cards(spool, shop=None, report=None):
    make_cards(spool, editions(shop), report or Report())
    return [orjson.loads(spool.card(position)) for position in range(spool.products)]


def handles(spool, report=None, **settings):
    return [{locale: words["handle"] for locale, words in card["words"].items()}
            for card in cards(spool, site(**settings), report)]  # fmt: skip


def test_a_source_is_read_into_the_spool(spool, checkout):
    source = open_source(checkout / "tests/data/catalogues/store")
    report, ticks = Report(), []
    spool_catalog(source, spool, report, lambda: ticks.append(1))
    assert [orjson.loads(record)["handle"] for _, record in spool.records()] == ["larch", "alder"]
    assert [(each["handle"], each["title"]) for each in spool.collections()] == [
        ("round", "Round frames"),
        ("new-frames", "New frames"),
    ]
    assert len(ticks) == report.products + 2


def test_a_collection_that_nobody_described_is_titled_after_its_handle(spool):
    class Source:
        store = Store(name="Shop")

        def read(self, _report):
            yield Product(handle="luna", title="Luna", collections=("summer-sale",))

    report = Report()
    spool_catalog(Source(), spool, report, lambda: None)
    assert spool.collections() == [{"handle": "summer-sale", "title": "Summer sale", "count": 1}]
    (fault,) = report.faults
    assert (fault.code, fault.severity, fault.value) == ("collection-unknown", Severity.WARNING, "summer-sale")


def test_the_stores_own_pictures_are_asked_for(spool):
    store = Store.model_validate_json(
        b'{"name": "Shop", "brand": {"logo": {"source": "l.svg"}}, "hero": {"picture": {"source": "h.jpg"}}}'
    )
    ask_store_pictures(store, spool)
    ask_store_pictures(Store(name="Plain"), spool)
    assert list(spool.pictures()) == [("l.svg", "Shop"), ("h.jpg", "Shop")]


def test_the_picture_that_stands_for_the_store_is_its_largest(spool):
    logo = Store.model_validate_json(b'{"name": "Shop", "brand": {"logo": {"source": "l.svg"}}}')
    both = logo.model_copy(update={"hero": Hero(picture=Picture(source="h.jpg"))})
    for store, shared in ((both, ["h.jpg"]), (logo, ["l.svg", "h.jpg"])):
        ask_store_pictures(store, spool)
        for source in ("l.svg", "h.jpg"):
            spool.set_prepared(source, b"{}")
        assert [source for source, _ in spool.shared_pictures()] == shared


class Workshop:
    """Knows the outcome of each source beforehand."""

    def __init__(self, tmp_path, **outcomes):
        self.folder, self.outcomes = tmp_path, outcomes

    def prepare(self, requests, _tally):
        for request in requests:
            yield request, *self.outcomes.get(request.source, (None, None))

    def file(self, rendition):
        return self.folder / rendition.name


def prepared(spool, tmp_path, policy, sources, **outcomes):
    report = Report()
    spool.ask_pictures((source, "Luna") for source in sources)
    workshop = Workshop(tmp_path, **outcomes)
    prepare_pictures(spool, workshop, policy, report, Tally(), lambda: None)
    return [orjson.loads(spool.prepared(source) or b"null") for source in sources], report.faults


def test_pages_get_of_a_picture_what_they_need(spool, tmp_path):
    (record,), faults = prepared(spool, tmp_path, "fetch", ["a"], a=(DRAWN, None))
    rendition = {"format": "webp", "width": 320, "height": 240, "name": "aa-320.webp"}
    assert record == {"color": "#804020", "renditions": [rendition]}
    assert list(spool.picture_files()) == [("aa-320.webp", tmp_path / "aa-320.webp")]
    assert faults == []


def test_files_that_are_no_smaller_are_not_published_nor_those_of_an_earlier_run(spool, tmp_path):
    prepared(spool, tmp_path, "fetch", ["a"], a=(DRAWN, None))
    useless = PreparedPicture(800, 600, "#804020", FILES[::-1], "jpeg", 99, Traits(False, False))
    (record,), _ = prepared(spool, tmp_path, "fetch", ["a"], a=(useless, None))
    assert [each["format"] for each in record["renditions"]] == ["webp"]
    assert [name for name, _ in spool.picture_files()] == ["aa-320.webp"]
    smaller = (Rendition("avif", 320, 240, 8, "bb-320.avif"), Rendition("png", 320, 240, 9, "cc-320.png"))
    prepared(
        spool, tmp_path, "fetch", ["a"], a=(PreparedPicture(1, 1, "#1", smaller, "gif", 9, Traits(True, False)), None)
    )
    assert [name for name, _ in spool.picture_files()] == ["bb-320.avif", "cc-320.png"]


def test_what_cannot_be_used_is_reported_and_costs_only_a_picture(spool, tmp_path):
    gone = PictureError("it is gone.", where="b")
    records, faults = prepared(spool, tmp_path, "fetch", ["a", "b"], a=(DRAWN, gone), b=(None, gone))
    assert [bool(record) for record in records] == [True, False]
    assert [(fault.code, fault.message, fault.value) for fault in faults] == [
        ("picture-unusable", "b: it is gone.", "a"),
        ("picture-unusable", "b: it is gone.", "b"),
    ]


@pytest.mark.parametrize(
    ("source", "remote"),
    [
        ("https://cdn.example/a.jpg", "https://cdn.example/a.jpg"),
        ("//cdn.example/a b.jpg#top", "https://cdn.example/a%20b.jpg"),
        ("HTTP://CDN.example/ä.jpg", "http://cdn.example/%C3%A4.jpg"),
    ],
)
def test_a_linked_picture_is_shown_from_where_it_is(spool, tmp_path, source, remote):
    assert prepared(spool, tmp_path, "link", [source]) == ([{"remote": remote}], [])
    assert spool.prepared("other") is None


@pytest.mark.parametrize(
    "source", ["https://cdn.example;sandbox/a.jpg", "https://a'b/a.jpg", "https://me:secret@cdn.example/a.jpg"]
)
def test_an_address_that_would_harm_the_pages_policy_is_not_linked(spool, tmp_path, source):
    (record,), (fault,) = prepared(spool, tmp_path, "link", [source])
    assert record is None
    assert (fault.code, fault.value) == ("picture-unusable", source)


@pytest.mark.parametrize(
    ("source", "policy"), [("javascript://x/%0aalert(1)", "link"), ("https://a.example/a.jpg", "skip")]
)
def test_what_is_no_web_address_or_skipped_is_not_linked(spool, tmp_path, source, policy):
    assert prepared(spool, tmp_path, policy, [source]) == ([None], [])


def test_cards_show_two_pictures_of_the_product_or_of_its_variants(spool):
    shots = [{"source": "gone.jpg"}, {"source": "a.jpg", "alt": "Front"}]
    fill(
        spool,
        product(pictures=shots, variants=[variant(picture="b.jpg"), variant("red", picture="c.jpg")]),
        plain("bare"),
    )
    for name in ("a", "b", "c"):
        spool.set_prepared(f"{name}.jpg", orjson.dumps({"name": name}))
    luna, bare = cards(spool)
    assert luna["pictures"] == [{"name": "a", "alt": "Front"}, {"name": "b", "alt": ""}]
    assert bare["pictures"] == []


def test_a_card_does_without_files_too_wide_for_it(spool):
    fill(spool, product(pictures=[{"source": "a.jpg"}, {"source": "b.jpg"}]))
    files = [{"format": name, "width": width} for name in ("webp", "jpeg") for width in (320, 1024, 1600)]
    spool.set_prepared("a.jpg", orjson.dumps({"color": "#ffffff", "renditions": files}))
    spool.set_prepared("b.jpg", orjson.dumps({"remote": "https://cdn.example/b.jpg"}))
    own, linked = cards(spool)[0]["pictures"]
    assert [(each["format"], each["width"]) for each in own["renditions"]] == [
        ("webp", 320),
        ("webp", 1024),
        ("jpeg", 320),
        ("jpeg", 1024),
    ]
    assert linked == {"remote": "https://cdn.example/b.jpg", "alt": ""}


def test_the_overview_is_told_of_every_product(spool):
    fill(
        spool,
        product("luna", options=["مقاس"], collections=["round"]),
        product("sol", options=["مقاس"], variants=[variant("red")], collections=["round"]),
        product("vega", options=["Colour"]),
    )
    overview = make_cards(spool, editions(), Report())
    (facet,) = overview.facets("round")
    assert (facet["key"], facet["name"]) == ("option-1", "مقاس")
    assert overview.facets(EVERYTHING)[0]["key"] == "option-1"
    assert overview.related(0) == [1]


GERMAN = {"de": {"handle": "mond"}}


def taken(report):
    """What is said of addresses that belong to another product."""
    return [fault.message.split(" The page")[0] for fault in report.faults if fault.code == "address-taken"]


def test_each_language_has_its_own_address(spool):
    fill(spool, plain("luna", translations=GERMAN), plain("sol"))
    report = Report()
    assert handles(spool, report) == [{"en": "luna", "de": "mond"}, {"en": "sol", "de": "sol"}]
    assert taken(report) == []


@pytest.mark.parametrize("order", [("luna", "mond"), ("mond", "luna")])
def test_a_translated_address_never_takes_another_products_own(spool, order):
    """The owner keeps its address whether it stands before or after the product that wants it."""
    fill(spool, *(plain(name, translations=GERMAN if name == "luna" else {}) for name in order))
    report = Report()
    assert sorted(handle["de"] for handle in handles(spool, report)) == ["luna", "mond"]
    assert taken(report) == ["The address 'mond' (de) of 'luna' belongs to another product."]


def test_two_products_that_want_one_translated_address(spool):
    fill(spool, plain("luna", translations=GERMAN), plain("sol", translations=GERMAN))
    report = Report()
    assert [handle["de"] for handle in handles(spool, report)] == ["mond", "sol"]
    assert taken(report) == ["The address 'mond' (de) of 'sol' belongs to another product."]


def test_addresses_of_a_region_follow_its_language(spool):
    fill(spool, plain("luna", translations=GERMAN), plain("mond", translations={"de-AT": {"handle": "luna"}}))
    assert [handle["de-AT"] for handle in handles(spool, locales=["en", "de-AT"])] == ["luna", "mond"]


def test_prices_are_those_of_the_builds_date(spool):
    sale = {"price": money(9_900), "starts": "2026-11-23T00:00:00Z"}
    fill(spool, plain("luna", variants=[{"id": "default", "price": money(12_900), "sale": sale}]))
    assert cards(spool)[0]["selling"][""]["price"]["was"] == 12_900


def test_two_collections_that_want_one_translated_address(spool):
    fill(spool, plain("luna", collections=["round", "circular"]))
    for name in ("round", "circular"):
        german = {"de": {"title": name, "handle": "rund"}}
        spool.add_collection(Collection.model_validate({"handle": name, "title": name, "translations": german}))
    report = Report()
    make_cards(spool, editions(), report)
    assert taken(report) == ["The address 'rund' (de) of 'circular' belongs to another collection."]
