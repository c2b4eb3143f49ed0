"""The check of texts in pages, on small sites; the tests it runs stand in for the real ones."""

import pytest

from shopwright.template_engine.refusal import Refusal
from shopwright.validation import checks_contexts as module
from shopwright.validation.checkout import Checkout
from shopwright.validation.suite import Suite

PAGE = '<p title="a &amp; b">a &amp; b</p><a href="/a?b=1&amp;c=2">c</a><a href="#">d</a>'


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    def make(page=PAGE, payloads="<script>a</script>\n\n<b>c</b>\n", failed=0):
        made = Checkout(tmp_path, tmp_path / "work")
        (tmp_path / "site").mkdir()
        (tmp_path / "site/index.html").write_text(page)
        (tmp_path / module.PAYLOADS).mkdir(parents=True)
        (tmp_path / module.PAYLOADS / "a.txt").write_text(payloads)
        monkeypatch.setattr(module, "run_suite", lambda root, work, *paths: Suite(len(paths), failed, 0))
        vars(made)["example"] = tmp_path / "site"
        return made

    return make


def test_texts_that_are_what_they_should_be(checkout):
    result = module.texts(checkout())
    assert result.passed
    assert result.figure.startswith(
        "2 of 2 attack texts sanitised; in the example 0 texts escaped twice, 0 of 2 addresses"
    )
    assert " 0 refusals in " in result.figure
    assert result.figure.endswith(" templates; 2 of 2 tests")


@pytest.mark.parametrize(
    "changes",
    [
        {"page": PAGE + "<p>a &amp;amp; b</p>"},
        {"page": PAGE + "<p>&amp;lt;</p>"},
        {"page": PAGE + '<a href="javascript:alert(1)">a</a>'},
        {"page": PAGE + '<form action="java&#115;cript:alert(1)"></form>'},
        {"page": "<p>a</p>"},
        {"payloads": "\n"},
        {"failed": 1},
    ],
)
def test_what_is_wrong_is_found(checkout, changes):
    assert not module.texts(checkout(**changes)).passed


def test_a_refused_template_is_counted(checkout, monkeypatch):
    monkeypatch.setattr(module, "lint_contexts", lambda _templates, _names: (Refusal("a", 1, "tag", "b", "c"),))
    result = module.texts(checkout())
    assert not result.passed
    assert "2 refusals" in result.figure


def test_text_that_sanitising_leaves_is_counted(checkout, monkeypatch):
    monkeypatch.setattr(module, "sanitise", lambda text: text)
    assert module.texts(checkout()).figure.startswith("0 of 2 ")
