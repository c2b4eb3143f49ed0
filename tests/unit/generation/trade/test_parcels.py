import orjson
from tests.unit.generation.records import site

from shopwright.generation.trade import parcels
from shopwright.generation.trade.parcels import Parts, part_file


def test_products_travel_so_many_at_a_time(monkeypatch):
    monkeypatch.setattr(parcels, "PRODUCTS_PER_PART", 2)
    parts = Parts(site(url="https://agency.example/shops/small/"))
    jobs = [job for number in range(3) for job in parts.add({"n": number})]
    jobs += parts.rest()
    assert list(parts.rest()) == []
    assert [orjson.loads(job.payload) for job in jobs] == [
        {"kind": "trade", "products": [{"n": 0}, {"n": 1}]},
        {"kind": "trade", "products": [{"n": 2}]},
    ]
    assert jobs[1].addresses == {
        "en": "/shops/small/.shopwright/trade/en-2.json",
        "de": "/shops/small/.shopwright/trade/de-2.json",
    }


def test_parts_are_hidden_files():
    assert part_file("pt-BR", 3) == ".shopwright/trade/pt-br-3.json"
