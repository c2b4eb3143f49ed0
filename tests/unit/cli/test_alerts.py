"""``alerts`` and ``alerts_export``: ``shopwright.cli.alerts_export`` prints the rules."""

import orjson
from click.testing import CliRunner

from shopwright.bootstrap.alert_rules import alerts_of
from shopwright.cli import alerts_export
from shopwright.cli.main import shopwright
from shopwright.monitoring_settings import read_monitoring_settings


def test_the_rules_are_printed_for_prometheus(monkeypatch):
    monkeypatch.setattr(alerts_export, "current_monitoring_settings", lambda: read_monitoring_settings({}))
    done = CliRunner().invoke(shopwright, ["alerts", "export"])
    assert done.exit_code == 0
    (group,) = orjson.loads(done.output)["groups"]
    assert [each["alert"] for each in group["rules"]] == [rule.name for rule in alerts_of(None).rules]


def test_a_file_that_holds_no_rules_is_refused(monkeypatch, tmp_path):
    (tmp_path / "alerts.yaml").write_text("rules: 1")
    given = {"SHOPWRIGHT_ALERTS": str(tmp_path / "alerts.yaml")}
    monkeypatch.setattr(alerts_export, "current_monitoring_settings", lambda: read_monitoring_settings(given))
    done = CliRunner().invoke(shopwright, ["alerts", "export"])
    assert "It holds no alert rules" in str(done.exception)
