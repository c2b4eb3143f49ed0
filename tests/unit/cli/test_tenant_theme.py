from click.testing import CliRunner

from shopwright.cli.main import shopwright
from shopwright.generation.theme_check import check


def run(*words):
    result = CliRunner().invoke(shopwright, ["tenant", "theme", *words], standalone_mode=False)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_theme_with_errors_is_told_and_not_kept(tenant, tmp_path):
    (tmp_path / "mine/templates").mkdir(parents=True)
    (tmp_path / "mine/theme.yaml").write_text("name: mine\ntitle: Mine\nextends: atelier\n")
    (tmp_path / "mine/templates/cart.html").write_text("{{ ''.__class__ }}")
    done = run(tenant, "--put", str(tmp_path / "mine"))
    assert done.exit_code == 1
    assert "2 errors" in done.stdout
    assert run(tenant).stdout == f"{tenant}:\n  no theme of its own\n"


def test_a_theme_that_is_good_is_kept_until_it_is_forgotten(tenant, tmp_path, monkeypatch):
    monkeypatch.setattr(check, "check_pages", lambda *_: [])  # which takes seconds, and finds nothing here
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/theme.yaml").write_text("name: mine\ntitle: Mine\nextends: atelier\n")
    assert "  mine: 40 bytes" in run(tenant, "--put", str(tmp_path / "mine")).stdout
    assert run(tenant, "--forget", "mine").stdout == f"{tenant}:\n  no theme of its own\n"
