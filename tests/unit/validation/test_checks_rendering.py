import json

import pytest

from shopwright.errors import BuildError, ThemeError
from shopwright.performance.command import Measurement
from shopwright.template_engine.confinement.lockdown import Confinement
from shopwright.validation import checks_rendering as module
from shopwright.validation.checkout import Checkout, find_checkout

REPORT = {
    "machine": {"load": [0.5, 0, 0]},
    "template_hits": 0.99,
    "rows": [
        {"measured": "product page, confined", "p50": 1.0, "p99": 2.0},
        {"measured": "48 cards, confined", "p50": 2.0, "p99": 5.0},
        {"measured": "kill to a product page", "p50": 300.0, "p99": 400.0},
        {"measured": "100 at once", "p50": 90.0, "p99": 150.0},
    ],
}


@pytest.fixture
def checkout(tmp_path):
    return Checkout(find_checkout().root, tmp_path)


@pytest.fixture
def benchmark(monkeypatch, checkout):
    """``benchmark(report, status)``: what the benchmark is said to have found."""

    def found(report=REPORT, status=0, errors=""):
        (checkout.work / "rendering.json").write_text(json.dumps(report))
        monkeypatch.setattr(module, "measure_command", lambda *_, **__: Measurement(status, "", errors, 1.0, 1.0, 1))

    return found


def test_every_option_shows(checkout):
    result = module.engine(checkout)
    assert result.passed
    assert result.figure.startswith("8 of 8 options show")


def test_an_option_that_does_not_show(checkout, monkeypatch):
    monkeypatch.setitem(module.SHOWN, "autoescape", ("{{ '<' }}", "<"))
    result = module.engine(checkout)
    assert not result.passed
    assert result.figure.startswith("6 of 8 options show")


def test_unsafe_contexts_are_refused(checkout, monkeypatch):
    assert module.contexts(checkout).passed
    monkeypatch.setattr(module, "validate_context", lambda context: None)
    result = module.contexts(checkout)
    assert not result.passed
    assert result.figure.startswith("0 of 17")


def test_limits_stop(checkout):
    result = module.limits(checkout)
    assert result.passed == module.confinement_level().complete
    assert result.figure.startswith("5 of 5 limits stop (source, fuel, output, memory, time), the kill after ")


def test_a_limit_that_does_not_stop(checkout, monkeypatch):
    monkeypatch.setitem(module.STOPPED, "fuel", "{{ 1 }}")
    monkeypatch.setitem(module.UNMETERED, "time", "{{ 1 }}")
    result = module.limits(checkout)
    assert not result.passed
    assert result.figure.startswith("3 of 5 limits stop")


def test_a_system_that_does_not_confine_does_not_pass(checkout, monkeypatch):
    monkeypatch.setitem(module.UNMETERED, "time", "{{ 1 }}")
    monkeypatch.setattr(module, "confinement_level", lambda: Confinement(memory=False, system_calls=False))
    result = module.limits(checkout)
    assert not result.passed
    assert "this system lacks a filter of system calls" in result.figure


def test_speed_is_what_the_benchmark_found(checkout, benchmark):
    benchmark()
    result = module.speed(checkout)
    assert result.passed
    assert result.figure == (
        "a page in at most 5.0 ms (p99, 2 ways), 99.0% of templates compiled before, 100 at once in 90 ms (p50) and "
        "150 ms (p99), load 0.5"
    )


@pytest.mark.parametrize(
    "change", [{"template_hits": 0.5}, {"rows": [{**REPORT["rows"][0], "p99": 100.0}, REPORT["rows"][3]]}]
)
def test_a_page_that_is_slow(checkout, benchmark, change):
    benchmark({**REPORT, **change})
    assert not module.speed(checkout).passed


@pytest.mark.parametrize("said", ["", "Traceback\nTypeError: x"])
def test_a_benchmark_that_fails(checkout, benchmark, said):
    benchmark(status=1, errors=said)
    with pytest.raises(BuildError, match="TypeError: x" if said else "it printed nothing"):
        module.speed(checkout)


def test_what_is_not_raised_is_told():
    assert not module._raises(ThemeError, lambda: None)
