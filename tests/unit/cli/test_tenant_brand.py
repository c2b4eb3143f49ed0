import json

import pytest
from click.testing import CliRunner

from shopwright.cli.main import shopwright
from shopwright.errors import SettingsError

MARKET = [{"name": "eu", "countries": ["DE"], "currency": "EUR", "locales": ["de"]}]


def run(*words, status=0):
    result = CliRunner().invoke(shopwright, ["tenant", *words], standalone_mode=False)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status
    return result


def test_a_look_is_shown_changed_and_taken_back(tenant):
    assert run("brand", tenant).stdout == f"{tenant}:\n  nothing of its own\n"
    words = ["--accent", "#ffff00", "--locale", "en", "--locale", "de", "--markets", json.dumps(MARKET), "--json"]
    done = run("brand", tenant, *words)
    look = json.loads(done.stdout)["look"]
    assert (look["accent"], look["locales"], look["markets"]) == ("#ffff00", ["en", "de"], MARKET)
    assert "#ffff00" in done.stderr
    assert run("brand", tenant, "--clear", "markets", "--clear", "locales", "--accent", "#0f766e").stdout == (
        f"{tenant}:\n  accent: #0f766e\n"
    )


@pytest.mark.parametrize("words", [["--markets", "{"], ["--markets", '{"a": 1}'], ["--theme", "none-such"]])
def test_what_is_no_look_is_refused(tenant, words):
    with pytest.raises(SettingsError):
        run("brand", tenant, *words)
