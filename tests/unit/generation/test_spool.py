"""The catalogue of one build on disk."""

from contextlib import closing

import orjson
import pytest

from shopwright.catalog.product import Collection, Picture, Product, Status, Variant
from shopwright.generation.spool import EVERYTHING, Spool


@pytest.fixture
def spool(tmp_path):
    spool = Spool(tmp_path)
    yield spool
    spool.close()


def product(handle, **values):
    return Product(handle=handle, title=handle.title(), **values)


def test_products_come_back_in_catalogue_order(spool):
    assert [spool.add_product(product(name)) for name in ("sol", "luna")] == [True, True]
    assert [(position, orjson.loads(record)) for position, record in spool.records()] == [
        (0, {"handle": "sol", "title": "Sol"}),
        (1, {"handle": "luna", "title": "Luna"}),
    ]
    assert (spool.position("luna"), spool.position("gone")) == (1, None)


def test_a_handle_is_taken_once_and_drafts_are_not_shown(spool):
    assert spool.add_product(product("sol"))
    assert not spool.add_product(product("sol", brand="Another"))
    assert not spool.add_product(product("luna", status=Status.DRAFT))
    assert spool.products == 1


def test_collections_count_their_products_and_keep_their_order(spool):
    spool.add_collection(Collection(handle="round", title="Round"))
    spool.add_collection(Collection(handle="empty", title="Empty"))
    spool.add_collection(Collection(handle="new", title="New"))
    spool.add_collection(Collection(handle="round", title="Twice"))
    for number in range(3):
        spool.add_product(product(f"p{number}", collections=("new", "round") if number else ("new", "new")))
    assert [(record["title"], record["count"]) for record in spool.collections()] == [("Round", 2), ("New", 3)]


def test_collections_that_only_products_name_are_known(spool):
    spool.add_product(product("sol", collections=("unknown",)))
    assert spool.unnamed_collections() == ["unknown"]


def test_cards_of_a_collection_come_in_catalogue_order(spool):
    for number in range(5):
        spool.add_product(product(f"p{number}"))
        spool.set_card(number, b"%d" % number)
    assert list(spool.member_cards(EVERYTHING)) == [b"0", b"1", b"2", b"3", b"4"]
    assert list(spool.member_cards("gone")) == []
    assert spool.card(4) == b"4"


def test_every_picture_is_asked_for_once(spool):
    shots = (Picture(source="a.jpg"), Picture(source="b.jpg"))
    variants = (Variant(id="one", picture="b.jpg"),)
    spool.add_product(product("sol", pictures=shots, variants=variants))
    spool.add_collection(Collection(handle="c", title="C", picture=Picture(source="c.jpg")))
    assert list(spool.pictures()) == [("a.jpg", "Sol"), ("b.jpg", "Sol"), ("c.jpg", "C")]
    spool.set_prepared("a.jpg", b"{}")
    assert (spool.prepared("a.jpg"), spool.prepared("b.jpg"), spool.prepared("gone")) == (b"{}", None, None)


def test_picture_files_are_listed_once_by_name(spool, tmp_path):
    spool.add_picture_files([("b.webp", tmp_path / "b"), ("a.webp", tmp_path / "a"), ("b.webp", tmp_path / "b")])
    assert list(spool.picture_files()) == [("a.webp", tmp_path / "a"), ("b.webp", tmp_path / "b")]


def test_an_address_belongs_to_the_first_product_that_claims_it(spool):
    assert spool.claim_address("de", "sonne", "sol")
    assert spool.claim_address("de", "sonne", "sol")
    assert not spool.claim_address("de", "sonne", "luna")
    assert spool.claim_address("en", "sonne", "luna")


def test_products_of_one_title_are_twins_of_the_first(tmp_path):
    with closing(Spool(tmp_path)) as spool:
        for _ in range(2):  # a second run over the same catalogue changes nothing
            for position, title in enumerate(("Luna", "LUNA", "Sol")):
                spool.claim_title("en", title, position)
            spool.claim_title("de", "Mond", 1)
        assert [spool.twins(position) for position in range(3)] == [[], ["en"], []]


def test_a_product_keeps_its_line_of_the_ledger(spool):
    for name in ("sol", "luna"):
        spool.add_product(product(name))
    spool.set_card(0, b"card", b"line of sol")
    spool.set_card(1, b"card")
    assert (spool.thing("sol"), spool.thing("luna"), spool.thing("gone")) == (b"line of sol", None, None)
    assert list(spool.things()) == [b"line of sol"]
    assert orjson.loads(spool.record(1))["handle"] == "luna"


def test_earlier_handles_lead_to_who_named_them_first(spool):
    spool.add_product(product("sol", previous_handles=("sun", "sol")))
    spool.add_product(product("luna", previous_handles=("sun", "moon")))
    spool.add_collection(Collection(handle="round", title="Round", previous_handles=("circle",)))
    assert list(spool.previous_handles()) == [
        ("collection", "circle", "round"),
        ("product", "moon", "luna"),
        ("product", "sun", "sol"),
    ]


def test_there_is_news_where_a_product_has_a_date(spool):
    spool.add_product(product("sol"))
    assert not spool.dated
    spool.add_product(product("luna", created="2026-11-08"))
    assert spool.dated
