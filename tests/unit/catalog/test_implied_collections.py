import json

from tests.unit.catalog.reading import read_csv

from shopwright.catalog import implied_collections
from shopwright.catalog.implied_collections import title_of

COLUMN = "Shopwright collections (product.metafields.shopwright.collections)"


def test_collections_are_described_in_a_column_of_ours(tmp_path):
    cell = json.dumps([{"handle": "sun", "title": "In the sun"}, {"handle": "sun", "title": "Again"}]).replace(
        '"', '""'
    )
    read = read_csv(tmp_path, f'Handle,Title,Price,Type,{COLUMN}\na,A,5,Sun,"{cell}"\nb,B,5,Rain,nonsense\n')
    assert read.collections == {"sun": "In the sun", "rain": "Rain"}
    assert (3, COLUMN, "patch-invalid") in read.faults


def test_collections_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(implied_collections, "MAX_COLLECTIONS", 1)
    read = read_csv(tmp_path, "Handle,Title,Price,Type\na,A,5,Sun\nb,B,5,Rain\n")
    assert read.collections == {"sun": "Sun"}
    assert (3, "Type", "too-many-collections") in read.faults


def test_a_title_from_a_handle():
    assert title_of("round-frames") == "Round frames"
