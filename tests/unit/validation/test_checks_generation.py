import json

import pytest

from shopwright.performance.command import Measurement
from shopwright.validation.checkout import Build, Checkout
from shopwright.validation.checks_generation import nothing_twice, speed_and_memory
from shopwright.validation.registry import Result


class MadeUpBuilds(Checkout):
    """A checkout whose builds write one file for every fiftieth product and use what the test says."""

    seconds = {1_000: 4.2, 10_000: 40.0}
    peak_bytes = {1_000: 90_000_000, 10_000: 210_000_000}
    writes_again = 0

    def build(self, source, out, *, cache):
        assert cache.parent == source.parent
        products = [json.loads(line) for line in (source / "products.jsonl").read_text().splitlines()]
        wanted = {f"{product['handle']}.html": product["title"] for product in products[::50]}
        out.mkdir(exist_ok=True)
        (out / ".shopwright").mkdir(exist_ok=True)
        (out / ".shopwright" / "manifest").write_text(str(len(list(out.rglob("manifest")))))
        there = {file.name: file.read_text() for file in out.glob("*.html")}
        changed = wanted.items() - there.items()
        for name, text in changed:
            (out / name).write_text(text)
        count = len(products)
        measured = Measurement(0, "", "", self.seconds[count], 1.0, self.peak_bytes[count])
        return Build({"written": len(changed) + (self.writes_again if there else 0)}, measured)


@pytest.fixture
def checkout(tmp_path):
    return MadeUpBuilds(tmp_path, tmp_path / "work")


def left(checkout):
    return list(checkout.work.iterdir())


def test_speed_and_memory_within_their_bounds(checkout):
    assert speed_and_memory(checkout) == Result("1,000 products in 4.2 s, 10,000 in 210 MB (40.0 s)", passed=True)
    assert left(checkout) == []


@pytest.mark.parametrize(("seconds", "peak"), [(30.0, 210_000_000), (4.2, 500_000_000)])
def test_a_bound_that_is_only_met_is_not_kept(checkout, monkeypatch, seconds, peak):
    monkeypatch.setattr(MadeUpBuilds, "seconds", {1_000: seconds, 10_000: 40.0})
    monkeypatch.setattr(MadeUpBuilds, "peak_bytes", {1_000: 1, 10_000: peak})
    assert not speed_and_memory(checkout).passed


def test_nothing_is_done_twice(checkout):
    assert nothing_twice(checkout) == Result(
        "0 of 20 files written when nothing changed; 1 with one product changed, of which 1 differ", passed=True
    )
    assert left(checkout) == []


def test_a_file_written_without_need_is_found(checkout, monkeypatch):
    monkeypatch.setattr(MadeUpBuilds, "writes_again", 3)
    assert nothing_twice(checkout) == Result(
        "3 of 20 files written when nothing changed; 4 with one product changed, of which 1 differ", passed=False
    )
