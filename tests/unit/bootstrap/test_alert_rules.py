import pytest
from tests.unit.performance.alerts.ruled import shipped

from shopwright.bootstrap.alert_rules import MOST_BYTES, alerts_of
from shopwright.errors import SettingsError, SourceError

OWN = """
without: [jobs-wait]
rules:
  - name: many-jobs
    says: "Many jobs run at once"
    remedy: "Wait."
    severity: ticket
    measure: most
    of: {metric: shopwright_jobs_running, where: {kind: [generation]}}
    above: 50
    for: 5m
contacts:
  - {kind: webhook, url: "https://127.0.0.1:9/alerts", secret_file: /run/secrets/hook}
  - {kind: mail, to: [ops@shop.example], sender: a@shop.example, server: 127.0.0.1, port: 9, tls: never}
"""


def test_without_a_file_the_rules_are_those_shipped():
    alerts = alerts_of(None)
    assert alerts.rules == tuple(sorted(shipped(), key=lambda rule: rule.name))
    assert alerts.tells(allow_private=False) == []


def test_an_operators_file_changes_them(tmp_path):
    file = tmp_path / "alerts.yaml"
    file.write_text(OWN)
    alerts = alerts_of(file)
    names = {rule.name for rule in alerts.rules}
    assert names == {rule.name for rule in shipped()} - {"jobs-wait"} | {"many-jobs"}
    hook, mail = alerts.tells(allow_private=False)
    assert hook.args == (alerts.contacts[0],)
    assert hook.keywords == {"allow_private": False}
    assert mail.args == (alerts.contacts[1],)


def test_an_empty_file_changes_nothing(tmp_path):
    (tmp_path / "alerts.yaml").write_text("# nothing yet\n")
    assert alerts_of(tmp_path / "alerts.yaml") == alerts_of(None)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("rules: {", SourceError, "no valid YAML"),
        ("rules: 1", SettingsError, r"rules: "),
        (OWN.replace("shopwright_jobs_running", "shopwright_jobs"), SettingsError, "no metric shopwright_jobs"),
        ("#" * (MOST_BYTES + 1), SettingsError, "larger than"),
    ],
)
def test_a_file_that_is_none(tmp_path, text, kind, said):
    file = tmp_path / "alerts.yaml"
    file.write_text(text)
    with pytest.raises(kind, match=said) as refused:
        alerts_of(file)
    assert str(file) in refused.value.where


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SettingsError, match="It cannot be read: No such file"):
        alerts_of(tmp_path / "none")
