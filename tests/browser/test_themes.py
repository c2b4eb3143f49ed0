"""What holds for every built-in theme."""

from tests.browser.example_stores import THEMES, theme_names


def test_the_built_in_themes_share_their_scripts():
    """So that what only scripts decide is tested in one theme."""
    assert [name for name in theme_names() if (THEMES / name / "js").exists()] == ["atelier"]
