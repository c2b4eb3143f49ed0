import pytest
from click.testing import CliRunner

from shopwright.cli import showcase as module
from shopwright.cli.main import shopwright
from shopwright.generation.showcase.build import Showcase
from shopwright.generation.showcase.reference import Chapter, Entry, Shown
from shopwright.generation.showcase.states import State
from shopwright.settings import current_settings
from shopwright.template_engine.anatomy import dissect


@pytest.fixture
def made(monkeypatch):
    """What the command is told was made; ``orders`` are what it asked for."""
    shown = [Shown(State("home.html", str(place), f"State {place}", ""), {}, "{}", "it fails.") for place in range(14)]
    entry = Entry("mine", "mine", "home.html", "", dissect({"home.html": ""}), shown)
    orders = []

    def build(order, tell):
        orders.append(order)
        tell("mine")
        return Showcase((Chapter("mine", False, [entry], {}, {}),), 9, 1_500_000)

    monkeypatch.setattr(module, "build_showcase", build)
    return orders


def test_what_was_made_and_how_to_look_at_it(made, tmp_path):
    result = CliRunner().invoke(shopwright, ["showcase", "--out", str(tmp_path / "out")], catch_exceptions=False)
    assert result.exit_code == 0
    assert "1 theme, 1 template, 14 states, 14 faults: 9 files, 1.5 MB." in result.output
    assert f"To look at it: shopwright serve {tmp_path / 'out'}" in result.output
    assert "Showing mine." in result.output


def test_faults_are_told_up_to_a_bound(made, tmp_path):
    result = CliRunner().invoke(shopwright, ["showcase", "--out", str(tmp_path / "out")], catch_exceptions=False)
    assert "fault: mine, home.html, State 0: it fails." in result.output
    assert "State 12" not in result.output
    assert "… and 2 more" in result.output


def test_themes_and_address_are_handed_on(made, tmp_path):
    command = [
        "showcase",
        "--out",
        str(tmp_path),
        "--theme",
        "atelier",
        "--theme",
        "x/",
        "--site-url",
        "https://a.example/b",
    ]
    CliRunner().invoke(shopwright, [*command, "--workers", "1"], catch_exceptions=False)
    (order,) = made
    assert (order.themes, order.url, order.workers, order.out) == (
        ("atelier", "x/"),
        "https://a.example/b",
        1,
        tmp_path,
    )


def test_usual_are_all_themes_and_this_machine(made, tmp_path):
    CliRunner().invoke(shopwright, ["showcase", "--out", str(tmp_path)], catch_exceptions=False)
    (order,) = made
    assert (order.themes, order.url, order.workers) == ((), "http://localhost:8000", current_settings().workers)
