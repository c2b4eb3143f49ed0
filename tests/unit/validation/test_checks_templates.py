"""The checks of untrusted templates, on small collections; the tests they run stand in for the real ones."""

import pytest

from shopwright.template_engine.refusal import Refusal
from shopwright.validation import checks_templates as module
from shopwright.validation.checkout import Checkout
from shopwright.validation.suite import Suite


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    def make(payloads="{{ a.__class__ }}\n\n{{ 7*7 }}\n${7*7}\n", failed=0, benchmarks=module.BENCHMARKS):
        (tmp_path / module.PAYLOADS).mkdir(parents=True)
        (tmp_path / module.PAYLOADS / "a.txt").write_text(payloads)
        (tmp_path / "benchmarks").mkdir()
        for name in benchmarks:
            (tmp_path / name).touch()
        monkeypatch.setattr(module, "run_suite", lambda root, work, *paths: Suite(len(paths), failed, 1))
        return Checkout(tmp_path, tmp_path / "work")

    return make


def test_attacks_are_refused_or_show_nothing(checkout):
    result = module.injection(checkout())
    assert result.passed
    assert result.figure == (
        "1 of 3 attacks refused before they are rendered, 0 leak without the policy; "
        "0 refusals in the built-in themes; 2 of 3 tests, 1 skipped"
    )


@pytest.mark.parametrize(
    "changes", [{"payloads": "{{ 7*7 }}\n"}, {"failed": 1}, {"payloads": "{{ a|safe }}\n{{ 'uid=' ~ 0 }}"}]
)
def test_what_is_wrong_with_attacks_is_found(checkout, changes):
    assert not module.injection(checkout(**changes)).passed


def test_a_built_in_theme_that_breaks_the_policy_is_found(checkout, monkeypatch):
    found = (Refusal("a", 1, "tag", "b", "c"),)
    monkeypatch.setattr(module, "check_policy", lambda _templates, _names, _functions: found)
    assert not module.injection(checkout()).passed


def test_the_tests_of_security_are_run(checkout):
    result = module.security_tests(checkout())
    assert result.passed
    assert result.figure == "1 of 2 tests, 1 skipped of security, 2 of 2 benchmarks"


@pytest.mark.parametrize("changes", [{"failed": 1}, {"benchmarks": module.BENCHMARKS[1:]}])
def test_what_is_wrong_with_the_tests_is_found(checkout, changes):
    assert not module.security_tests(checkout(**changes)).passed
