"""Every page of a store as a job."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.generation.records import PICTURE, editions, plain, site

from shopwright.catalog.faults import Report
from shopwright.catalog.product import Collection, Product
from shopwright.generation.edition import Edition
from shopwright.generation.gather import make_cards
from shopwright.generation.plan import Plan, collection_records, information_pages
from shopwright.generation.spool import EVERYTHING, Spool


@pytest.fixture
def spool(tmp_path):
    spool = Spool(tmp_path)
    yield spool
    spool.close()


def fill(spool, products=(), collections=()):
    for record in collections:
        spool.add_collection(Collection.model_validate_json(orjson.dumps(record)))
    for record in products:
        spool.add_product(Product.model_validate_json(orjson.dumps(record)))
    for name in ("a.jpg", "b.jpg", "hero.jpg"):
        spool.ask_pictures([(name, "Picture")])
        spool.set_prepared(name, orjson.dumps({**PICTURE, "file": name}))


def jobs(spool, shop=None):
    """All jobs: kind → list of (addresses, payload)."""
    shop = shop or site()
    found: dict = {}
    for job in Plan(spool, shop, editions(shop), make_cards(spool, editions(shop), Report())):
        payload = orjson.loads(job.payload)
        found.setdefault(payload["kind"], []).append((job.addresses, payload))
    return found


def test_the_pages_of_a_store(spool):
    fill(spool, [plain("luna", collections=["round"]), plain("sol")], [{"handle": "round", "title": "Round"}])
    found = jobs(spool, site(about="<p>Hi</p>", policies={"terms": "<p>x</p>"}, imprint="<p>y</p>"))
    assert [(kind, [addresses["de"] for addresses, _ in each]) for kind, each in found.items()] == [
        ("home", ["/de/"]),
        ("collections", ["/de/collections/"]),
        ("collection", ["/de/collections/round/", "/de/collections/all/"]),
        ("listing", ["/de/collections/round/products-1.json", "/de/collections/all/products-1.json"]),
        ("product", ["/de/products/luna/", "/de/products/sol/"]),
        ("trade", ["/.shopwright/trade/de-1.json"]),
        ("search", ["/de/search/"]),
        ("search_index", ["/de/search/products-1.json"]),
        ("cart", ["/de/cart/"]),
        ("content", ["/de/about/", "/de/policies/terms/", "/de/imprint/"]),
        ("statement", ["/de/accessibility/"]),
        ("not_found", ["/de/404.html"]),
        ("offline", ["/de/offline.html"]),
    ]
    assert [payload["body"] for _, payload in found["content"]] == [
        {"*": "<p>Hi</p>"},
        {"*": "<p>x</p>"},
        {"*": "<p>y</p>"},
    ]


def test_a_plan_is_the_same_bytes_each_time_it_is_read(spool):
    fill(
        spool, [plain(f"p{number}", collections=["round"]) for number in range(30)], [{"handle": "round", "title": "R"}]
    )
    shop = site()
    overview = make_cards(spool, editions(shop), Report())
    plan = Plan(spool, shop, editions(shop), overview)
    assert list(plan) == list(plan)


def test_a_long_collection_has_numbered_pages_and_data_in_parts(spool, monkeypatch):
    monkeypatch.setattr("shopwright.generation.plan.PRODUCTS_PER_PART", 20)
    fill(spool, [plain(f"p{number:02}") for number in range(49)])
    found = jobs(spool)
    pages = [
        (addresses["en"], payload["number"], payload["pages_total"], len(payload["products"]))
        for addresses, payload in found["collection"]
    ]
    assert pages == [
        ("/collections/all/", 1, 3, 24),
        ("/collections/all/page/2/", 2, 3, 24),
        ("/collections/all/page/3/", 3, 3, 1),
    ]
    parts = [(addresses["en"], payload["next"], len(payload["products"])) for addresses, payload in found["listing"]]
    assert parts == [
        ("/collections/all/products-1.json", "collections/all/products-2.json", 20),
        ("/collections/all/products-2.json", "collections/all/products-3.json", 20),
        ("/collections/all/products-3.json", None, 9),
    ]


def test_a_product_page_is_told_of_its_collection_members_and_pictures(spool):
    fill(
        spool,
        [
            plain(
                "set",
                kind="grouped",
                grouped=["luna", "gone"],
                collections=["unknown", "round"],
                pictures=[{"source": "a.jpg"}, {"source": "gone.jpg"}],
                variants=[{"id": "one", "picture": "b.jpg"}],
            ),
            plain("luna"),
        ],
        [{"handle": "round", "title": "Round", "description": "<p>x</p>"}],
    )
    (_, payload), (_, luna) = jobs(spool)["product"]
    assert payload["record"]["handle"] == "set"
    assert payload["handles"] == {"en": "set", "de": "set"}
    assert [card["handle"] for card in payload["members"]] == ["luna"]
    assert {source: picture["file"] for source, picture in payload["pictures"].items()} == {
        "a.jpg": "a.jpg",
        "b.jpg": "b.jpg",
    }
    assert payload["collection"] == {"handle": "round", "title": "Round"}
    assert (luna["collection"], luna["members"], luna["pictures"]) == (None, [], {})


def test_home_shows_the_hero_the_collections_and_the_first_products(spool):
    fill(
        spool,
        [plain("luna", collections=["round"], created="2026-01-01"), plain("sol", featured=True)],
        [{"handle": "round", "title": "Round"}],
    )
    hero = {"title": "Hi", "picture": {"source": "hero.jpg", "alt": "Street"}, "collection": "round"}
    ((addresses, payload),) = jobs(spool, site(hero=hero))["home"]
    assert addresses == {"en": "/", "de": "/de/"}
    assert [record["handle"] for record in payload["collections"]] == ["round"]
    assert [card["handle"] for card in payload["featured"]] == ["sol"]
    assert [card["handle"] for card in payload["newest"]] == ["luna"]
    assert payload["hero_collection"]["handle"] == "round"
    assert (payload["hero_picture"]["file"], payload["hero_picture"]["alt"]) == ("hero.jpg", "Street")


def test_a_hero_may_lack_everything(spool):
    fill(spool, [plain()])
    for hero in ({}, {"picture": {"source": "gone.jpg"}, "collection": "gone"}):
        ((_, payload),) = jobs(spool, site(hero=hero))["home"]
        assert (payload["hero_collection"], payload["hero_picture"]) == (None, None)


def test_a_collection_shows_its_own_picture_else_its_first_products(spool):
    fill(
        spool,
        [plain("luna", collections=["own", "none", "gone"], pictures=[{"source": "a.jpg", "alt": "A"}])],
        [
            {"handle": "own", "title": "Own", "picture": {"source": "b.jpg", "alt": "B"}},
            {"handle": "none", "title": "None"},
            {"handle": "gone", "title": "Gone", "picture": {"source": "gone.jpg"}},
        ],
    )
    ((_, payload),) = jobs(spool)["collections"]
    shown = {record["handle"]: record["shown_picture"] for record in payload["collections"]}
    assert {name: (picture["file"], picture["alt"]) for name, picture in shown.items()} == {
        "own": ("b.jpg", "B"), "none": ("a.jpg", "A"), "gone": ("a.jpg", "A"), EVERYTHING: ("a.jpg", "A"),
    }  # fmt: skip


def test_a_collection_called_page_or_all_is_no_trouble(spool):
    fill(
        spool,
        [plain(f"p{number}", collections=["page", "all"]) for number in range(25)],
        [{"handle": "page", "title": "Page"}, {"handle": "all", "title": "Mine"}],
    )
    addresses = [addresses["en"] for addresses, _ in jobs(spool)["collection"]]
    assert addresses == [
        "/collections/page/", "/collections/page/page/2/", "/collections/all/", "/collections/all/page/2/",
    ]  # fmt: skip


def addresses_of(spool, shop):
    records = collection_records(spool, shop)
    return {locale: [Edition(shop, locale).words(record).handle for record in records] for locale in shop.locales}


def test_a_collections_translated_address_is_taken_once(spool):
    german = {"de": {"handle": "rund", "title": "Rund"}}
    described = [{"handle": name, "title": name, "translations": german} for name in ("round", "circular")]
    fill(
        spool,
        [plain("p", collections=["round", "circular", "rund"])],
        [*described, {"handle": "oval", "title": "Empty"}],
    )
    shop = site(locales=["en", "de"])
    assert addresses_of(spool, shop) == {"en": ["round", "circular", "all"], "de": ["rund", "circular", "all"]}
    assert Edition(shop, "de").words(collection_records(spool, shop)[1]).title == "Rund"


handles = st.sampled_from(["round", "oval", "rund", "all", "cat"])
translation = st.fixed_dictionaries({}, optional={"handle": handles, "title": st.just("Titel")})
translations = st.dictionaries(st.sampled_from(["de", "de-AT", "en"]), translation)


@given(st.dictionaries(st.sampled_from(["round", "oval", "rund", "cat"]), translations, min_size=1))
def test_two_collections_never_stand_at_one_address(tmp_path_factory, described):
    spool = Spool(tmp_path_factory.mktemp("spool"))
    records = [{"handle": name, "title": name, "translations": words} for name, words in described.items()]
    fill(spool, [plain("p", collections=list(described))], records)
    found = addresses_of(spool, site(locales=["en", "de-AT", "de", "fr"]))
    spool.close()
    for locale, taken in found.items():
        assert len(set(taken)) == len(taken), locale


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({}, ()),
        ({"accessibility": {"statement": True}}, ("accessibility",)),
        ({"about": "<p>x</p>"}, ("about",)),
        ({"policies": {"terms": "<p>x</p>", "shipping": "<p>x</p>"}}, ("policies/shipping", "policies/terms")),
        ({"imprint": "<p>x</p>"}, ("imprint",)),
        ({"legal": {"company": "Lark GmbH"}}, ("imprint",)),
        ({"contact": {"email": "a@b.example"}}, ("imprint",)),
    ],
)
def test_a_store_has_the_information_pages_it_has_something_to_say_on(settings, names):
    assert information_pages(site(**{"accessibility": {"statement": False}, **settings}).store) == names


def test_news_are_the_newest_products_that_have_a_date(spool):
    fill(spool, [plain("luna", created="2026-01-01"), plain("sol"), plain("io", created="2026-02-01")])
    ((addresses, payload),) = jobs(spool)["news"]
    assert addresses == {"en": "/feeds/new.xml", "de": "/de/feeds/new.xml"}
    assert [each["record"]["handle"] for each in payload["products"]] == ["io", "luna"]


def test_trade_parts_hold_what_pages_show_of_products(spool):
    fill(spool, [plain("luna", pictures=[{"source": "a.jpg"}])])
    (_, page), (_, part) = jobs(spool)["product"] + jobs(spool)["trade"]
    (shown,) = part["products"]
    assert shown == {key: page[key] for key in ("as_of", "record", "handles", "pictures")}


def test_things_besides_products_are_known_by_their_paths(spool):
    translations = {"de": {"title": "Rund", "handle": "rund"}}
    fill(
        spool,
        [plain(f"p{number}", collections=["round"]) for number in range(25)],
        [{"handle": "round", "title": "Round", "translations": translations}],
    )
    shop = site(url="https://agency.example/shops/small", about="<p>x</p>")
    plan = Plan(spool, shop, editions(shop), make_cards(spool, editions(shop), Report()))
    things = {thing.key: thing.places for thing in plan.things()}
    assert things["page", "home"] == {"en": ("/",), "de": ("/de/",)}
    assert things["page", "about"]["de"] == ("/de/about/",)
    assert things["collection", "round"]["de"] == ("/de/collections/rund/", "/de/collections/rund/page/2/")
    assert {("page", "cart"), ("page", "search"), ("page", "collections"), ("collection", "all")} <= set(things)
