import pytest

from shopwright.catalog import spool
from shopwright.catalog.spool import Spool
from shopwright.errors import LimitExceeded


def test_rows_come_back_by_family_in_the_order_of_first_appearance(tmp_path):
    with Spool(tmp_path) as spooled:
        adjoins = [spooled.add(family, number, [family]) for number, family in enumerate("baab", 2)]
        found = list(spooled.families())
    assert adjoins == [True, True, True, False]
    assert found == [[(0, 2, ["b"]), (0, 5, ["b"])], [(0, 3, ["a"]), (0, 4, ["a"])]]
    assert list(tmp_path.iterdir()) == []


def test_families_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "MAX_FAMILIES", 1)
    monkeypatch.setattr(spool, "MAX_FAMILY", 2)
    with Spool(tmp_path) as spooled:
        assert not spooled.is_full("a")
        spooled.add("a", 2, [])
        spooled.add("a", 3, [])
        assert spooled.is_full("a")
        with pytest.raises(LimitExceeded, match="more than 1 products"):
            spooled.add("b", 4, [])
