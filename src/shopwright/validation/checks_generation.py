"""Checks on the line: how fast it builds, in how much memory, and what it does not do again."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from shopwright.generation.synthetic import change_product, write_store
from shopwright.validation.checkout import Build, Checkout
from shopwright.validation.registry import Result, check

MOST_SECONDS = 30
MOST_BYTES = 500_000_000


@check("P1")
def speed_and_memory(checkout: Checkout) -> Result:
    """First builds of 1,000 and of 10,000 synthetic products, each a process of its own with an empty cache."""
    thousand = _first_build(checkout, 1_000)
    ten_thousand = _first_build(checkout, 10_000)
    seconds, peak = thousand.measured.seconds, ten_thousand.measured.peak_bytes
    return Result(
        f"1,000 products in {seconds:.1f} s, 10,000 in {peak / 1e6:.0f} MB ({ten_thousand.measured.seconds:.1f} s)",
        passed=seconds < MOST_SECONDS and peak < MOST_BYTES,
    )


@check("P5")
def nothing_twice(checkout: Checkout) -> Result:
    """Builds again with nothing changed, then with one product changed: only files whose bytes differ are written."""
    with _folder(checkout) as folder:
        store, site = folder / "store", folder / "site"
        build = partial(checkout.build, store, site, cache=folder / "cache")
        write_store(store, 1_000)
        build()
        again = build().report["written"]
        before = _contents(site)
        change_product(store, 500, "Another title")
        report = build().report
        different = _contents(site).items() - before.items()
    return Result(
        f"{again} of {len(before):,} files written when nothing changed; "
        f"{report['written']} with one product changed, of which {len(different)} differ",
        passed=again == 0 and 0 < report["written"] == len(different),
    )


def _first_build(checkout: Checkout, products: int) -> Build:
    with _folder(checkout) as folder:
        write_store(folder / "store", products)
        return checkout.build(folder / "store", folder / "site", cache=folder / "cache")


@contextmanager
def _folder(checkout: Checkout) -> Iterator[Path]:
    checkout.work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=checkout.work))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _contents(site: Path) -> dict[str, bytes]:
    """Every published file; what the build keeps for itself is hidden."""
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    return {path: file.read_bytes() for path, file in files.items() if not path.startswith(".")}
