"""What has moved and what is gone between two builds."""

from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.generation.records import editions, money, product, site

from shopwright.catalog.product import Collection, Product
from shopwright.generation.directory import Directory
from shopwright.generation.ledger import placed, product_thing
from shopwright.generation.moves import departures, moves_of
from shopwright.generation.redirects import redirect, redirect_files
from shopwright.generation.spool import Spool

DAY = "2026-11-23"


class Shop:
    """A store at one time: what the next build knows of it."""

    def __init__(self, folder, *products, collections=("round",), handles=None, **store):
        folder.mkdir(parents=True, exist_ok=True)
        self.site = site(**store)
        made = editions(self.site)
        self._spool = Spool(folder)
        for handle in collections:
            self._spool.add_collection(Collection(handle=handle, title=handle.title()))
        for position, record in enumerate(products):
            assert self._spool.add_product(Product.model_validate(record))
            named = {locale: (handles or {}).get((record["handle"], locale), record["handle"]) for locale in made}
            self._spool.set_card(position, b"{}", product_thing(record, made, named).line())
        others = [
            placed(
                "page",
                "collections",
                {each: [edition.addresses.page("collections")] for each, edition in made.items()},
                "",
            )
        ]
        others += [
            placed(
                "collection",
                handle,
                {each: [edition.addresses.collection(handle)] for each, edition in made.items()},
                "",
            )
            for handle in collections
        ]
        self.today = Directory(self._spool, others)
        self.addresses = {path for thing in self.today for paths in thing.places.values() for path in paths}

    def close(self):
        self._spool.close()

    def after(self, things=()):
        """The redirects of a build that knows ``things`` from the one before, by address."""
        return redirect(things, self.today, self.addresses, self.site)


@pytest.fixture
def shop(tmp_path):
    """Shops that are closed at the end."""
    opened = []

    def opens(*products, **store):
        opened.append(Shop(tmp_path / str(len(opened)), *products, **store))
        return opened[-1]

    yield opens
    for each in opened:
        each.close()


def coded(handle, *marks, **values):
    """A product whose variants have these SKUs."""
    variants = [
        {"id": f"v{number}", "options": [f"V{number}"], "price": money(100), "sku": mark}
        for number, mark in enumerate(marks)
    ]
    return product(handle, variants=variants, **values)


def lines(redirected):
    """Where each address leads."""
    return {line.split(" ")[0]: tuple(line.split(" ")[1:]) for line in redirected.lines}


GONE = ("/404.html", "410")


def test_the_first_build_redirects_nothing(shop):
    first = shop(coded("luna", "L1"))
    redirected = first.after()
    assert (redirected.lines, redirected.faults) == ((), ())
    assert list(redirect_files(redirected)) == []
    assert list(redirected.things(first.today)) == list(first.today)


def test_a_new_address_in_one_language_leads_there_from_the_old_one(shop):
    first = shop(coded("luna", "L1"))
    second = shop(coded("luna", "L1"), handles={("luna", "de"): "mond"})
    redirected = second.after(first.today)
    assert lines(redirected) == {"/de/products/luna/": ("/de/products/mond/", "301")}
    third = shop(coded("luna", "L1"), handles={("luna", "de"): "vollmond"})
    assert lines(third.after(redirected.things(second.today))) == {
        "/de/products/luna/": ("/de/products/vollmond/", "301"),
        "/de/products/mond/": ("/de/products/vollmond/", "301"),
    }


def test_an_address_that_is_used_again_leads_nowhere_else(shop):
    first = shop(coded("luna", "L1"))
    second = shop(coded("luna", "L1"), handles={("luna", "de"): "mond"})
    back = shop(coded("luna", "L1"))
    assert lines(back.after(second.after(first.today).things(second.today))) == {
        "/de/products/mond/": ("/de/products/luna/", "301")
    }


def test_what_is_gone_says_so_in_every_language(shop):
    first = shop(coded("luna", "L1"), coded("sol", "S1"))
    second = shop(coded("sol", "S1"))
    redirected = second.after(first.today)
    assert lines(redirected) == {"/products/luna/": GONE, "/de/products/luna/": GONE}
    assert [thing.gone for thing in redirected.things(second.today) if thing.gone] == [DAY]


def test_what_is_gone_leads_to_its_collection_where_the_store_wants_it(shop):
    store = {"redirects": {"gone": "collection"}}
    first = shop(coded("luna", "L1", collections=["round"]), coded("bare", "B1"), coded("sol", "S1"), **store)
    second = shop(coded("sol", "S1"), **store)
    found = lines(second.after(first.today))
    assert found["/de/products/luna/"] == ("/de/collections/round/", "301")
    assert found["/products/bare/"] == ("/collections/", "301")


def test_a_product_with_another_handle_is_known_by_its_codes(shop):
    first = shop(coded("luna", "L1", "L2", "L3"), coded("sol", "S1"))
    second = shop(coded("moon", "L1", "L2"), coded("rest", "L3"), coded("sol", "S1"))
    redirected = second.after(first.today)
    assert lines(redirected)["/products/luna/"] == ("/products/moon/", "301")
    # the codes may change later: who took over is remembered
    third = shop(coded("moon", "M1"), coded("sol", "S1"))
    assert lines(third.after(redirected.things(second.today)))["/products/luna/"] == ("/products/moon/", "301")


def test_a_successors_successor_is_followed(shop):
    first = shop(coded("luna", "L1"), coded("sol", "S1"))
    second = shop(coded("moon", "L1", "M1"), coded("sol", "S1"))
    third = shop(coded("sol", "S1"), coded("full-moon", "M1"))
    ledger = list(second.after(first.today).things(second.today))
    assert lines(third.after(ledger))["/products/luna/"] == ("/products/full-moon/", "301")


def test_the_catalogue_names_an_earlier_handle(shop):
    first = shop(coded("luna", "L1"), handles={("luna", "de"): "mond"})
    second = shop(coded("moon", "M1", previous_handles=["luna", "selene"]))
    assert lines(second.after(first.today)) == {
        "/products/luna/": ("/products/moon/", "301"),
        "/de/products/mond/": ("/de/products/moon/", "301"),
        "/de/products/luna/": ("/de/products/moon/", "301"),
        "/products/selene/": ("/products/moon/", "301"),
        "/de/products/selene/": ("/de/products/moon/", "301"),
    }


def test_an_earlier_handle_that_has_a_page_keeps_it(shop):
    now = shop(coded("luna", "L1"), coded("moon", "M1", previous_handles=["luna"]))
    redirected = now.after()
    assert redirected.lines == ()
    assert [fault.code for fault in redirected.faults] == ["previous-handle-live"]


def test_two_products_that_exchange_their_handles_are_no_loop(shop):
    now = shop(coded("a", "1", previous_handles=["b"]), coded("b", "2", previous_handles=["a"]))
    assert now.after().lines == ()


def test_a_language_that_the_store_gave_up_leads_to_what_is_left(shop):
    first = shop(coded("luna", "L1"), locales=["en", "de", "de-AT", "fr"])
    second = shop(coded("luna", "L1"), locales=["en", "de"])
    found = lines(second.after(first.today))
    assert found["/de-at/products/luna/"] == ("/de/products/luna/", "301")
    assert found["/fr/collections/round/"] == ("/collections/round/", "301")


def test_a_collection_that_is_gone(shop):
    first = shop(coded("luna", "L1"), collections=("round", "square"))
    second = shop(coded("luna", "L1"))
    assert lines(second.after(first.today))["/de/collections/square/"] == GONE


def test_the_stores_own_rules_come_first(shop):
    rules = [
        {"source": "/products/luna/", "to": "/products/sol/"},
        {"source": "/blog/*", "to": "/"},
        {"source": "/old.html", "status": 302, "to": "https://else.example/"},
        {"source": "/bye/"},
    ]
    first = shop(coded("luna", "L1"), coded("sol", "S1"))
    second = shop(coded("sol", "S1"), redirects={"rules": rules})
    second.addresses.add("/")
    redirected = second.after(first.today)
    assert redirected.faults == ()
    assert lines(redirected) == {
        "/products/luna/": ("/products/sol/", "301"),
        "/de/products/luna/": GONE,
        "/blog/*": ("/", "301"),
        "/old.html": ("https://else.example/", "302"),
        "/bye/": GONE,
    }


def test_rules_that_cannot_be_kept_are_reported(shop):
    rules = [
        {"source": "/a/", "to": "/b/"},
        {"source": "/b/", "to": "/a/"},
        {"source": "/products/luna/", "to": "/c/"},
        {"source": "/products/*", "to": "/collections/"},
        {"source": "/d/", "to": "/nowhere/"},
        {"source": "/e/*", "to": "/nowhere/"},
    ]
    redirected = shop(coded("luna", "L1"), redirects={"rules": rules}).after()
    assert redirected.lines == ()
    assert {fault.code: fault.message.split(".")[0] for fault in redirected.faults} == {
        "redirect-loop": "/a/, /b/",
        "redirect-shadow": "/products/luna/, /products/*",
        "redirect-dead": "/d/, /e/*",
    }


def test_many_redirects_are_told(shop, monkeypatch):
    monkeypatch.setattr("shopwright.generation.redirects.CLOUDFLARE_LINES", 1)
    monkeypatch.setattr("shopwright.generation.redirects.MOST_LINES", 1)
    first = shop(coded("luna", "L1"), coded("sol", "S1"))
    redirected = shop(coded("sol", "S1")).after(first.today)
    assert len(redirected.lines) == 1
    assert [fault.code for fault in redirected.faults] == ["redirects-many"]


def test_what_is_remembered_is_bounded(shop, monkeypatch):
    monkeypatch.setattr("shopwright.generation.moves.MOST_GONE", 1)
    monkeypatch.setattr("shopwright.generation.moves.MOST_FORMER", 1)
    first = shop(coded("a", "1"), coded("b", "2"), coded("c", "3"))
    second = shop(coded("c", "3"), handles={("c", "en"): "x", ("c", "de"): "x"})
    parted = departures(first.today, second.today, DAY)
    assert list(parted.gone) == [("product", "b")]
    assert [len(thing.former) for thing in parted.carried.values()] == [1]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("12345"), st.sampled_from("abcdef")), max_size=5),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("12345"), st.sampled_from("abcdef")), max_size=5),
)
def test_no_address_is_ever_lost_and_no_rule_unsafe(tmp_path_factory, before, now):
    folder = tmp_path_factory.mktemp("shops")
    with closing(_any_shop(folder / "1", before)) as first, closing(_any_shop(folder / "2", now)) as second:
        found = lines(second.after(first.today))
        for address in first.addresses - second.addresses:
            assert address in found
        for source, (target, status) in found.items():
            assert source not in second.addresses
            assert status == "410" or target in second.addresses


def _any_shop(folder, chosen):
    unique = {handle: (mark, earlier) for handle, mark, earlier in chosen}
    return Shop(
        folder,
        *(coded(handle, mark, previous_handles=[earlier]) for handle, (mark, earlier) in unique.items()),
        handles={(handle, "de"): f"{handle}-{mark}" for handle, (mark, _) in unique.items()},
    )


def test_moves_lead_from_former_addresses_only(shop):
    first = shop(coded("luna", "L1"))
    second = shop(coded("luna", "L1"), handles={("luna", "en"): "moon", ("luna", "de"): "moon"})
    parted = departures(first.today, second.today, DAY)
    moves = moves_of(parted, second.today, second.site)
    assert {path: move.to for path, move in moves.items()} == {
        "/products/luna/": "/products/moon/",
        "/de/products/luna/": "/de/products/moon/",
    }
