"""What is wrong with ``store.yaml`` and ``accessibility.json`` beyond their form: colours, claims."""

from collections.abc import Iterator
from pathlib import Path

from shopwright.catalog.assessment import Assessment
from shopwright.catalog.fault_rules import fault
from shopwright.catalog.faults import Fault
from shopwright.catalog.store import Store
from shopwright.generation.palette import brand_faults


def store_folder(source: Path, store_file: Path | None) -> Path:
    """Where the files of a store lie: beside its ``store.yaml``, else with its catalogue."""
    place = store_file or source
    return place if place.is_dir() else place.parent


def store_faults(store: Store, assessment: Assessment | None) -> Iterator[Fault]:
    """Every fault. Raises ``SourceError`` for colours that are to be used as they are and cannot be read."""
    yield from brand_faults(store.brand)
    if store.accessibility.conformance == "full" and assessment and assessment.violations:
        violations = f"{assessment.violations:,} violations were found on {assessment.date}"
        found = f"store.yaml says fully conformant, but {violations}."
        yield fault("conformance-contradicted", found, column="accessibility.conformance")
