import pytest
from tests.security.confined import theme_of

from shopwright.errors import TemplateRefused
from shopwright.template_engine import inspection
from shopwright.template_engine.inspection import inspect_templates, refuse_unsafe, verdict_key
from shopwright.template_engine.refusal import Refusal
from shopwright.template_engine.theme import builtin_themes, load_theme


def test_a_template_is_refused_by_the_policy_or_by_the_contextual_check():
    templates = {
        "a.html": "{{ a|safe }}<p onclick='{{ a }}'>",
        "b.html": "<p onclick='{{ a }}'>",
        "c.html": "<p>{{ a }}</p>",
    }
    refusals = inspect_templates(templates, sorted(templates), ())
    assert {(refusal.template, refusal.rule) for refusal in refusals} == {
        ("a.html", "filter"),
        ("b.html", "event-handler"),
    }


@pytest.mark.parametrize("name", builtin_themes())
def test_a_built_in_theme_is_not_asked(name):
    refuse_unsafe(load_theme(name))


def test_a_theme_with_safe_templates_may_be_used():
    refuse_unsafe(theme_of(page="<p>{{ page.title }}</p>"))


def test_all_reasons_are_told_up_to_twenty():
    with pytest.raises(TemplateRefused) as caught:
        refuse_unsafe(theme_of(page="{{ a|safe }}\n" * 25, other="<p>{{ a ** 2 }}</p>"))
    told = str(caught.value)
    assert told.startswith("mine: its templates are refused for 26 reasons:\nother.html, line 1: The operator **")
    assert told.count("The filter 'safe'") == 19
    assert "… and 6 more" in told
    assert told.endswith("See docs/reference/template-policy.md.")


def test_a_verdict_is_kept_under_the_version_of_the_policy(monkeypatch):
    """Twig's CVE-2026-46636: a verdict was kept across a change of what is allowed."""
    theme = theme_of(page="<p>{{ page.kept }}</p>")
    refuse_unsafe(theme)
    before = verdict_key(theme.templates, theme.own)
    found = Refusal("page.html", 1, "filter", "It is not allowed any more.", "Write something else.")
    monkeypatch.setattr(inspection, "inspect_templates", lambda *_: (found,))
    refuse_unsafe(theme)
    monkeypatch.setattr(inspection, "POLICY_VERSION", "next")
    assert verdict_key(theme.templates, theme.own) != before
    with pytest.raises(TemplateRefused, match="not allowed any more"):
        refuse_unsafe(theme)


def test_a_key_depends_on_every_text_and_name():
    keys = {
        verdict_key({"a.html": "x", "b.html": "y"}, ["a.html"]),
        verdict_key({"a.html": "x", "b.html": "z"}, ["a.html"]),
        verdict_key({"a.html": "x", "b.html": "y"}, ["b.html"]),
        verdict_key({"a.html": "xb.html", "": "y"}, ["a.html"]),
    }
    assert len(keys) == 4


def test_few_verdicts_are_kept(monkeypatch):
    monkeypatch.setattr(inspection, "VERDICTS_KEPT", 2)
    monkeypatch.setattr(inspection, "_VERDICTS", {})
    for number in range(5):
        refuse_unsafe(theme_of(page=f"<p>{number}</p>"))
    assert len(inspection._VERDICTS) == 2
