import pytest
from click.testing import CliRunner

from shopwright.asset_pipeline.tenant_cache import LOCAL_TENANT, TenantCache
from shopwright.cli.theme_new import new
from shopwright.errors import SettingsError, StorageError
from shopwright.generation.theme_check.check import check_theme
from shopwright.generation.theme_check.sample import Means
from shopwright.template_engine.theme import builtin_themes, load_theme


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words):
    return CliRunner().invoke(new, words)


@pytest.mark.parametrize(
    "parent", [pytest.param(name, marks=() if name == "atelier" else pytest.mark.proof) for name in builtin_themes()]
)
def test_a_new_theme_is_a_theme_without_a_fault(here, parent):
    assert run("night-market", "--extends", parent).exit_code == 0
    theme = load_theme("night-market/")
    assert (theme.name, theme.builtin, theme.own) == ("night-market", False, {"_hero.html"})
    assert "title: Night market\n" in (here / "night-market/theme.yaml").read_text()
    means = Means(TenantCache.of(here / "cache", LOCAL_TENANT), 1)
    assert check_theme(here / "night-market", means).findings == ()


def test_it_says_what_to_do_next(here):
    assert run("mine").stdout.splitlines() == [
        "The theme is in mine. Next:",
        "  shopwright theme preview mine",
        "  shopwright theme check mine",
        "  shopwright build STORE --out site --theme mine/",
    ]
    assert sorted(path.name for path in here.iterdir()) == ["mine"]


def test_in_another_folder(here):
    result = run("mine", "--dir", "themes/first")
    assert result.stdout.startswith("The theme is in themes/first.")
    assert load_theme("themes/first").name == "mine"


def test_nothing_is_ever_replaced(here):
    (here / "mine").mkdir()
    refused = run("mine").exception
    assert isinstance(refused, StorageError)
    assert str(refused) == "mine: exists already. Choose another name, or remove it."
    assert list((here / "mine").iterdir()) == []


@pytest.mark.parametrize("name", ["Mine", "../mine", "-mine", "", "a" * 61, *builtin_themes()])
def test_a_name_that_cannot_be(here, name):
    refused = run("--", name).exception
    assert isinstance(refused, SettingsError)
    assert refused.what == f"{name[:80]!r} cannot be a theme's name."
    assert list(here.iterdir()) == []


def test_a_place_that_cannot_be_written(here):
    (here / "file").write_text("")
    refused = run("mine", "--dir", "file/mine").exception
    assert isinstance(refused, StorageError)
    assert str(refused) == "file/mine: cannot be written (Not a directory)."
