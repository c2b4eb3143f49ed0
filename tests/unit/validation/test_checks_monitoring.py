from pathlib import Path

from shopwright.performance.command import Measurement
from shopwright.validation import checks_monitoring as module
from shopwright.validation.checkout import Build, Checkout


def test_what_the_service_tells_of_itself(tmp_path):
    result = module.monitoring(Checkout(tmp_path, tmp_path))
    assert result.passed, result.figure
    assert "of 8 stages of a build 8 are measured and 8 traced" in result.figure
    assert result.figure.endswith("of which one was firing and cleared")


def test_a_build_that_tells_nothing_is_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "build_store", lambda *_: None)
    result = module.monitoring(Checkout(tmp_path, tmp_path))
    assert not result.passed
    assert "and 0 traced" in result.figure


class Pretended(Checkout):
    """Builds nothing, and says what that took."""

    def build(self, source: Path, out: Path, *, cache: Path) -> Build:
        return Build({}, Measurement(0, "", "", 1.0, cpu_seconds=10.0, peak_bytes=200_000_000))


def test_builds_have_their_room_and_the_processors_are_used(tmp_path, monkeypatch):
    idle = iter((0.0, 6.0))
    monkeypatch.setattr(module, "idle_seconds", lambda: next(idle))
    result = module.room_for_work(Pretended(tmp_path, tmp_path))
    assert result.passed, result.figure
    assert result.figure.startswith("6 of 6 builds asked for at once were done, at most ")
    assert "(400 of 1000 MB); they used 91% of what others left" in result.figure


def test_idle_processors_are_found_out(tmp_path, monkeypatch):
    idle = iter((0.0, 60.0))
    monkeypatch.setattr(module, "idle_seconds", lambda: next(idle))
    result = module.room_for_work(Pretended(tmp_path, tmp_path))
    assert not result.passed
    assert "they used 50%" in result.figure
