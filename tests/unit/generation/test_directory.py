from contextlib import closing

from tests.unit.generation.records import editions, product, variant

from shopwright.catalog.product import Collection, Product
from shopwright.generation.directory import Directory
from shopwright.generation.ledger import placed, product_thing
from shopwright.generation.spool import Spool


def test_products_stand_in_the_spool_the_rest_beside_it(tmp_path):
    records = [
        product("sol", previous_handles=["sun", "sol"], variants=[variant(sku="A"), variant("red", sku="B")]),
        product("luna", variants=[variant(sku="A")]),
    ]
    handles = {"en": "x", "de": "x"}
    round_ones = placed("collection", "round", {"en": ["/collections/round/"]}, "")
    with closing(Spool(tmp_path)) as spool:
        spool.add_collection(Collection(handle="round", title="Round", previous_handles=("circle",)))
        for position, record in enumerate(records):
            spool.add_product(Product.model_validate(record))
            spool.set_card(position, b"{}", product_thing(record, editions(), handles).line())
        directory = Directory(spool, [round_ones])
        assert [thing.key for thing in directory] == [("product", "luna"), ("product", "sol"), ("collection", "round")]
        assert directory.find(("product", "sol")) == product_thing(records[0], editions(), handles)
        assert directory.find(("collection", "round")) is round_ones
        assert directory.find(("product", "gone")) is None
        assert directory.find(("page", "cart")) is None
        assert directory.successors() == {("collection", "circle"): "round", ("product", "sun"): "sol"}
        assert directory.marked({"sku:A", "sku:Z"}) == {"sku:A": ["luna", "sol"]}
        assert directory.marked(()) == {}
