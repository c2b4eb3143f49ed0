import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from shopwright.errors import BuildError
from shopwright.validation import checks_transactions
from shopwright.validation.checkout import Checkout
from shopwright.validation.checks_transactions import references, speed, transactions

GOOD = {
    "products": 10_000_000,
    "date": "2026-11-23",
    "commit": "abc1234",
    "load": 0.2,
    "peak_per_second": 1_500.0,
    "half": {"callers": 1_000, "query_p99_ms": 20.0, "publish_p99_ms": 80.0, "errors": 0},
    "flooded": {"errors": 0},
    "kept_of_peak": 0.93,
    "fairness": {"jain": 0.99},
}


@pytest.fixture
def work(tmp_path):
    return Checkout(tmp_path / "root", tmp_path / "work")


def kept(work, **changes):
    folder = work.root / "build/bench"
    folder.mkdir(parents=True)
    (folder / "database.json").write_text(json.dumps({**GOOD, **changes}))


def test_transactions_survive_a_kill(work):
    result = transactions(work)
    assert result.passed, result.figure
    assert (
        "16 publishers of one store at once: 16 switches, none lost; one that failed half-way left 0" in result.figure
    )


def test_every_reference_refuses_and_is_found(work):
    result = references(work)
    assert result.passed, result.figure
    assert result.figure.startswith("20 of 20 references refuse a write")


def test_what_was_measured_and_kept_counts(work):
    kept(work)
    result = speed(work)
    assert result.passed
    assert result.figure.startswith(
        "10,000,000 products (2026-11-23, abc1234): queries p99 20.0 ms, publishes p99 80.0 ms"
    )


@pytest.mark.parametrize(
    "worse",
    [
        {"half": {**GOOD["half"], "query_p99_ms": 50.0}},
        {"half": {**GOOD["half"], "publish_p99_ms": 200.0}},
        {"half": {**GOOD["half"], "errors": 1}},
        {"flooded": {"errors": 1}},
        {"kept_of_peak": 0.79},
        {"fairness": {"jain": 0.5}},
    ],
)
def test_each_bound_counts(work, worse):
    kept(work, **worse)
    assert not speed(work).passed


def test_fewer_products_are_measured_and_are_not_enough(work, monkeypatch):
    monkeypatch.setattr(checks_transactions, "_measured", lambda checkout, products: {**GOOD, "products": products})
    result = speed(work)
    assert not result.passed
    assert result.figure.endswith("; NOT at 10,000,000: run make bench-database")
    assert result.figure.startswith("100,000 products")


@pytest.mark.parametrize("status", [0, 1])
def test_the_benchmark_is_run_as_a_command(work, monkeypatch, status):
    asked = []

    def measured(command, folder):
        asked.append((command[1:3], folder))
        results = Path(command[command.index("--results") + 1])
        (results / "database.json").write_text(json.dumps({**GOOD, "products": 100_000}))
        return SimpleNamespace(status=status, errors="one\nno server")

    monkeypatch.setattr(checks_transactions, "measure_command", measured)
    if status:
        with pytest.raises(BuildError, match="the benchmark ended with status 1: no server"):
            speed(work)
    else:
        assert not speed(work).passed
    assert asked == [(["-m", "benchmarks.database.run"], work.root)]
