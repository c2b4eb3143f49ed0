"""What is wrong with a store beyond the form of its files."""

import datetime as dt
from pathlib import Path

from shopwright.catalog.assessment import Assessment
from shopwright.catalog.store import Accessibility, Brand, Store
from shopwright.generation.store_faults import store_faults, store_folder

FOUND = Assessment(date=dt.date(2026, 11, 20), tools={"axe-core": "4.14.1"}, pages=9, violations=2)


def test_a_stores_files_lie_in_its_folder_or_beside_the_catalogue(tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.touch()
    assert store_folder(tmp_path, None) == tmp_path
    assert store_folder(file, None) == tmp_path
    assert store_folder(file, Path("elsewhere/store.yaml")) == Path("elsewhere")


def test_a_faint_accent_and_a_claim_that_machines_contradict_are_faults() -> None:
    said = Accessibility(conformance="full", assessed=dt.date(2026, 11, 1))
    store = Store(name="Shop", brand=Brand(accent="#ffd400"), accessibility=said)
    assert [fault.code for fault in store_faults(store, FOUND)] == ["color-corrected", "conformance-contradicted"]
    assert [fault.code for fault in store_faults(store, None)] == ["color-corrected"]
    assert list(store_faults(Store(name="Shop"), FOUND)) == []
