"""Share pictures: which pictures stand for a page, how they look, and where pages find them."""

from pathlib import Path

import orjson
import pytest
from tests.unit.generation.records import PICTURE

from shopwright.asset_pipeline.rendition import Rendition
from shopwright.asset_pipeline.share import ShareLook, ShareOrder
from shopwright.catalog.product import Collection, Picture, Product
from shopwright.catalog.store import Store
from shopwright.generation.share_pictures import share_pictures
from shopwright.generation.spool import Spool

DRAWN = Rendition("jpeg", 1200, 630, 9, "dd-1200.jpg")


@pytest.fixture
def spool(tmp_path):
    spool = Spool(tmp_path)
    yield spool
    spool.close()


class Workshop:
    """Draws what it is asked for, and notes it."""

    def __init__(self, drawn=DRAWN):
        self.orders, self.drawn = [], drawn

    def share(self, orders):
        for order in orders:
            self.orders.append(order)
            yield self.drawn

    def file(self, rendition):
        return Path(rendition.name)


def filled(spool, *sources):
    spool.ask_pictures((source, "x") for source in sources)
    for source in sources:
        spool.set_prepared(source, orjson.dumps(PICTURE))


def test_the_first_picture_of_a_product_and_that_of_a_collection_stand_for_their_pages(spool):
    spool.add_product(Product(handle="luna", title="Luna", pictures=[Picture(source="a"), Picture(source="b")]))
    spool.add_product(Product(handle="sol", title="Sol", variants=[{"id": "x", "picture": "c"}]))
    spool.add_collection(Collection(handle="round", title="Round", picture=Picture(source="d")))
    filled(spool, "a", "b", "c", "d")
    workshop = Workshop()
    share_pictures(spool, workshop, Store(name="Shop", brand={"accent": "#1f5c4d"}))
    order = ShareOrder("cc-640.jpg", "#804020", ShareLook("#1f5c4d", ""))
    assert workshop.orders == [order] * 3
    shared = {source: "share" in orjson.loads(spool.prepared(source)) for source in "abcd"}
    assert shared == {"a": True, "b": False, "c": True, "d": True}
    assert orjson.loads(spool.prepared("a"))["share"] == {"name": "dd-1200.jpg", "width": 1200, "height": 630}
    assert [name for name, _ in spool.picture_files()] == ["dd-1200.jpg"]


def test_the_logo_signs_every_share_picture_but_its_own(spool):
    filled(spool, "logo.svg", "a")
    for source in ("logo.svg", "a"):
        spool.share_picture(source)
    workshop = Workshop()
    share_pictures(spool, workshop, Store(name="Shop", brand={"logo": {"source": "logo.svg"}}))
    assert [order.look for order in workshop.orders] == [ShareLook(), ShareLook("", "cc-640.jpg")]


def test_what_is_only_linked_or_cannot_be_drawn_is_shared_as_it_is(spool):
    filled(spool, "a")
    spool.share_picture("a")
    spool.ask_pictures([("https://cdn.example/a.jpg", "x")])
    spool.share_picture("https://cdn.example/a.jpg")
    spool.set_prepared("https://cdn.example/a.jpg", orjson.dumps({"remote": "https://cdn.example/a.jpg"}))
    workshop = Workshop(drawn=None)
    share_pictures(spool, workshop, Store(name="Shop"))
    assert len(workshop.orders) == 1
    assert orjson.loads(spool.prepared("a")) == PICTURE
