"""The check of A7 holds both its parts against their bounds."""

import pytest

from shopwright.validation import checks_assets_speed as module
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, registered_checks


@pytest.fixture
def measured(tmp_path, monkeypatch):
    """Runs the check with these figures in place of the long measurements."""
    checkout = Checkout(tmp_path, tmp_path / "work")

    def run(*, pictures: bool, seconds: float) -> Result:
        def upload(work):
            assert work == checkout.work
            return seconds

        monkeypatch.setattr(module, "picture_figures", lambda given: Result(f"pictures of {given.root.name}", pictures))
        monkeypatch.setattr(module, "upload_seconds", upload)
        return module.assets_speed(checkout)

    return run


def test_it_answers_a7():
    assert registered_checks()["A7"] is module.assets_speed


def test_pictures_and_upload_are_one_figure(measured, tmp_path):
    result = measured(pictures=True, seconds=12.34)
    assert result == Result(f"pictures of {tmp_path.name}; 5,000 files uploaded in 12.3 s", passed=True)


@pytest.mark.parametrize(("pictures", "seconds"), [(False, 12.0), (True, 30.0), (True, 45.0)])
def test_one_part_past_its_bound_fails(measured, pictures, seconds):
    assert not measured(pictures=pictures, seconds=seconds).passed
