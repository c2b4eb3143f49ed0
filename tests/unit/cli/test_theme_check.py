import json
import sys

import pytest
from click.testing import CliRunner

from shopwright.audit.verification import last_entries
from shopwright.cli.main import main
from shopwright.cli.recording import log_folder
from shopwright.cli.theme_check import check
from shopwright.generation.showcase.stores import sample_stores
from shopwright.generation.theme_check import sample
from shopwright.settings import current_settings
from shopwright.template_engine.theme import load_theme


@pytest.fixture(autouse=True)
def own_places(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOPWRIGHT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("SHOPWRIGHT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(sample, "sample_stores", lambda: sample_stores()[1:2])
    current_settings.cache_clear()
    yield
    current_settings.cache_clear()


@pytest.fixture
def theme(tmp_path):
    folder = tmp_path / "mine"
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yaml").write_text("name: mine\ntitle: Mine\nextends: atelier\n")
    return folder


def run(*words):
    return CliRunner().invoke(check, [str(word) for word in words])


def recorded():
    names = ("event.action", "event.outcome", "event.reason", "template.name", "template.line", "rule.matches")
    return [tuple(entry.get(name) for name in names) for entry in last_entries(log_folder(), 100)]


def test_a_theme_without_a_fault(theme):
    result = run(theme)
    assert (result.exit_code, result.stdout) == (0, f"{theme}: nothing to correct.\n")
    assert recorded()[-1] == ("template.check", "success", None, None, None, 0)
    entry = last_entries(log_folder(), 1)[0]
    assert entry["theme.name"] == "mine"
    assert entry["file.hash.sha256"] == load_theme(str(theme)).digest


def test_every_finding_has_its_line_and_points_into_it(theme):
    (theme / "templates/_hero.html").write_text("<h1>{{ page.title }}</h1>\n  {{ ''.upper() }}\n")
    (theme / "templates/_badges.html").write_text('<p>{{ t("cart.ad") }}</p>')
    result = run(theme)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines() == [
        "templates/_badges.html, line 1: error: There is no interface text 'cart.ad'. Did you mean 'cart.add'? [text]",
        '    <p>{{ t("cart.ad") }}</p>',
        "             ^",
        "templates/_hero.html, line 2: error: Calling .upper() is not allowed. Write {{ value|upper }}. [call]",
        "      {{ ''.upper() }}",
        "           ^",
        f"{theme}: 2 errors.",
    ]


def test_refusals_and_the_check_are_recorded_without_a_word_of_the_template(theme):
    (theme / "templates/_hero.html").write_text(
        "<p>secret</p>\n{{ 'secret'.upper() }}\n{{ ''.lower() }}\n{{ x|attr('secret') }}"
    )
    run(theme)
    assert recorded() == [
        ("template.refuse", "failure", "call", "_hero.html", 2, 2),
        ("template.refuse", "failure", "filter", "_hero.html", 4, 1),
        ("template.check", "failure", None, None, None, 3),
    ]
    assert b"secret" not in b"".join(path.read_bytes() for path in log_folder().glob("*.jsonl"))


def test_warnings_alone_are_no_failure(theme):
    (theme / "templates/_heroo.html").write_text("")
    result = run(theme)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == f"{theme}: 1 warning."
    assert recorded()[-1][:2] == ("template.check", "success")


def test_a_description_that_cannot_be_used(theme):
    (theme / "theme.yaml").write_text("name: mine\ntitle: Mine\ncolour: red\n")
    result = run(theme)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:3] == [
        "theme.yaml, line 3: error: 'colour': Extra inputs are not permitted. See docs/reference/theme-api.md. [theme]",
        "    colour: red",
        "    ^",
    ]
    assert recorded() == [("template.check", "failure", None, None, None, 1)]


def test_as_json(theme):
    (theme / "templates/_hero.html").write_text("{% if %}")
    result = run(theme, "--json")
    assert (result.exit_code, result.stdout.count("\n")) == (1, 1)
    told = json.loads(result.stdout)
    assert told["theme"] == "mine"
    (finding,) = told["findings"]
    assert set(finding) == {"file", "line", "severity", "rule", "what", "instead"}
    assert (finding["file"], finding["line"], finding["severity"]) == ("templates/_hero.html", 1, "error")


def test_what_is_outside_the_theme_is_not_shown(theme, tmp_path):
    (tmp_path / "outside.html").write_text("secret\n")
    (theme / "templates/_hero.html").symlink_to(tmp_path / "outside.html")
    result = run(theme)
    assert result.exit_code == 1
    assert "secret" not in result.stdout


@pytest.mark.parametrize("words", [("gone",), (".",)])
def test_what_is_no_theme_is_one_message(tmp_path, monkeypatch, capsys, words):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["shopwright", "theme", "check", *words])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    assert capsys.readouterr().err == (
        f"shopwright: {words[0]}: there is no theme.yaml. Give a theme's folder; shopwright theme new begins one.\n"
    )


def test_nothing_is_checked_that_cannot_be_recorded(theme, tmp_path, monkeypatch, capsys):
    (tmp_path / "state").write_text("a file")
    monkeypatch.setattr(sys, "argv", ["shopwright", "theme", "check", str(theme)])
    with pytest.raises(SystemExit) as left:
        main()
    printed = capsys.readouterr()
    assert (left.value.code, printed.out) == (1, "")
    assert "the audit log cannot be kept" in printed.err
