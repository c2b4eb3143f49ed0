import pytest

from shopwright.browser_audit import install
from shopwright.errors import BrowserAuditError


def test_what_is_missing_is_said_in_one_line(monkeypatch):
    def prepare(_cache, _chromium, _say):
        raise BrowserAuditError("this program is missing", where="java")

    monkeypatch.setattr(install, "prepare_toolbox", prepare)
    with pytest.raises(SystemExit, match=r"^shopwright: java: this program is missing\.$"):
        install.main()


def test_what_is_done_is_said(monkeypatch, capsys):
    monkeypatch.setattr(install, "prepare_toolbox", lambda _cache, _chromium, say: say("installing"))
    install.main()
    assert capsys.readouterr().err == "installing\n"
