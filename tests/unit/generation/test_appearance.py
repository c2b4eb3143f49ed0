"""The script that puts the chosen colour scheme on a page."""

from importlib.resources import files

from shopwright.generation.appearance import EARLY, EARLY_SCRIPT, KEY


def test_it_is_small_and_asks_where_the_footers_choice_is_kept() -> None:
    assert len(EARLY) < 200
    assert str(EARLY_SCRIPT) == f"<script>{EARLY}</script>"
    chooser = files("shopwright.template_engine") / "themes/atelier/js/appearance.js"
    assert f'"{KEY}"' in EARLY
    assert f'"{KEY}"' in chooser.read_text("utf-8")
