import json
import sys
from pathlib import Path

import pytest

from shopwright.errors import BuildError, CheckoutError
from shopwright.performance.command import Measurement
from shopwright.validation import checkout as module
from shopwright.validation.checkout import Checkout, find_checkout
from shopwright.validation.coverage import Coverage

ROOT = Path(__file__).parents[3]


def test_the_checkout_is_found_from_the_source():
    found = find_checkout()
    assert found.root == ROOT
    assert found.work == ROOT / "build/validate"


def test_an_installed_package_has_no_checkout(tmp_path):
    with pytest.raises(CheckoutError, match="Clone the repository and run `make validate` there") as refused:
        find_checkout(tmp_path / "site-packages/shopwright/validation/checkout.py")
    assert refused.value.where.endswith("shopwright/validation")


@pytest.fixture
def built(monkeypatch):
    """Records each build instead of running it; its answer can be changed."""
    commands = []
    answer = {"status": 0, "output": json.dumps({"pages": 3}), "errors": ""}

    def measure(command, *, folder):
        commands.append((command, folder))
        return Measurement(seconds=1.0, cpu_seconds=1.0, peak_bytes=1, **answer)

    monkeypatch.setattr(module, "measure_command", measure)
    return commands, answer


def test_a_build_is_the_command_itself(built, tmp_path):
    build = Checkout(tmp_path, tmp_path / "work").build(tmp_path / "store", tmp_path / "out", cache=tmp_path / "c")
    assert build.report == {"pages": 3}
    ((command, folder),) = built[0]
    assert folder == tmp_path
    assert command == [
        *("env", f"SHOPWRIGHT_CACHE={tmp_path}/c", f"SHOPWRIGHT_STATE={tmp_path / 'work' / 'state'}"),
        *(sys.executable, "-m", "shopwright", "build", f"{tmp_path}/store", "--out", f"{tmp_path}/out", "--json"),
        *("--site-url", "https://shop.example", "--date", "2026-06-01"),
    ]


def test_the_example_is_built_once(built, tmp_path):
    checkout = Checkout(tmp_path, tmp_path / "work")
    assert checkout.example == checkout.example == tmp_path / "work/example"
    assert len(built[0]) == 1
    assert built[0][0][0][7] == f"{tmp_path}/examples/eyewear/store"


@pytest.mark.parametrize(
    ("errors", "message"),
    [
        ("", "store: shopwright build ended with status 2: it printed nothing."),
        ("one\nNo products.\n", "store: shopwright build ended with status 2: No products."),
    ],
)
def test_a_build_that_failed_says_its_last_line(built, tmp_path, errors, message):
    built[1].update(status=2, errors=errors)
    with pytest.raises(BuildError) as refused:
        Checkout(tmp_path, tmp_path).build(tmp_path / "store", tmp_path / "out", cache=tmp_path)
    assert str(refused.value) == message


def test_coverage_is_measured_once(monkeypatch, tmp_path):
    runs = []
    monkeypatch.setattr(module, "measure_coverage", lambda *folders: runs.append(folders) or Coverage(1.0, 2.0))
    checkout = Checkout(tmp_path, tmp_path / "work")
    assert checkout.coverage is checkout.coverage
    assert runs == [(tmp_path, tmp_path / "work")]
