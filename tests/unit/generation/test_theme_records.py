"""The audit records of a build's theme."""

import pytest

from shopwright.audit.record import Record
from shopwright.errors import TemplateRefused
from shopwright.generation.theme_records import ThemeRecords, packed
from shopwright.template_engine.inspection import refuse_unsafe
from shopwright.template_engine.policy.allowed import POLICY_VERSION
from shopwright.template_engine.theme import load_theme

BUILTIN = load_theme("atelier")


@pytest.fixture
def kept():
    return []


@pytest.fixture
def records(kept):
    return ThemeRecords(BUILTIN, "acme", kept.append)


def test_a_check_that_finds_nothing_is_recorded(records, kept):
    with records.checking():
        pass
    (record,) = kept
    assert (record.action, record.outcome, record.tenant) == ("template.check", "success", "acme")
    assert record.fields["template.count"] == 0
    assert record.fields["theme.name"] == "atelier"
    assert record.fields["file.hash.sha256"] == BUILTIN.digest
    assert record.fields["policy.version"] == POLICY_VERSION


def test_every_rule_that_is_broken_is_recorded(kept, tmp_path):
    (tmp_path / "mine/templates").mkdir(parents=True)
    (tmp_path / "mine/theme.yaml").write_text("name: mine\ntitle: Mine\nextends: atelier")
    (tmp_path / "mine/templates/home.html").write_text("{{ a|safe }}\n{{ 'a'.upper() }}\n{{ 'b'.upper() }}")
    theme = load_theme(str(tmp_path / "mine"))
    with pytest.raises(TemplateRefused), ThemeRecords(theme, "acme", kept.append).checking():
        refuse_unsafe(theme)
    assert [(record.action, record.outcome, record.reason) for record in kept] == [
        ("template.refuse", "failure", "call"),
        ("template.refuse", "failure", "filter"),
    ]
    calls = kept[0].fields
    assert (calls["template.name"], calls["template.line"], calls["rule.matches"]) == ("home.html", 2, 2)


def test_a_theme_is_activated_once(records, kept):
    records.activated()
    records.activated()
    assert [record.action for record in kept] == ["template.activate"]


def test_what_was_rendered_and_that_the_theme_is_live(records, kept):
    records.rendered(0, 0)
    records.rendered(12, 3_400)
    records.activated()
    assert [record.action for record in kept] == ["template.render", "template.activate"]
    assert (kept[0].fields["render.pages"], kept[0].fields["render.bytes"]) == (12, 3_400)


def test_the_records_of_a_page_worker_are_kept_under_the_tenants_name(records, kept):
    sent = Record("template.limit", "failure", "metering", fields={"template.name": "cart.html"})
    records.pass_on([packed(sent)])
    assert kept == [Record("template.limit", "failure", "metering", "acme", fields=sent.fields, at=sent.at)]


def test_without_a_sink_nothing_is_kept():
    silent = ThemeRecords(BUILTIN, "", None)
    silent.activated()
    silent.pass_on([packed(Record("template.kill", "failure", "time"))])
