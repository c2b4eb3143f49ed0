import pytest

from shopwright.errors import ThemeError
from shopwright.generation.theme_check import check as module
from shopwright.generation.theme_check.check import Checked, check_theme
from shopwright.generation.theme_check.finding import Finding
from shopwright.template_engine.theme import load_theme

HERO = "<h1>{{ page.title }}</h1>\n"


@pytest.fixture
def check(means, monkeypatch):
    """Check without rendering; tells whether pages would have been rendered."""
    rendered = []
    monkeypatch.setattr(module, "check_pages", lambda *_rest: rendered.append(True) or [])

    def go(folder):
        checked = check_theme(folder, means)
        return checked, bool(rendered)

    return go


def test_a_theme_without_a_fault_is_rendered(check, theme):
    folder = theme({"templates/_hero.html": HERO})
    checked, rendered = check(folder)
    assert (checked.findings, checked.errors, rendered) == ((), 0, True)
    assert checked.theme.digest == load_theme(str(folder)).digest


def test_everything_is_found_at_once_by_file_and_line(check, theme):
    hero = HERO + "{{ ''.upper() }}\n{{ t('nowhere') }}\n"
    badges = "<p>{{ picture(card.picture) }}</p>\n{{ t('nowhere') }}"
    files = {"templates/_hero.html": hero, "templates/_badges.html": badges, "css/a.css": "a{}}\nb{}", "css/b.css": ""}
    checked, rendered = check(theme(files, styles=["css/a.css", "css/c.css"]))
    assert [(one.file, one.line, one.rule, one.refused) for one in checked.findings] == [
        ("css/a.css", 1, "code", False),
        ("css/b.css", 0, "unused-file", False),
        ("templates/_badges.html", 1, "argument", False),
        ("templates/_badges.html", 2, "text", False),
        ("templates/_hero.html", 2, "call", True),
        ("theme.yaml", 5, "missing-file", False),
    ]
    assert (checked.errors, checked.theme, rendered) == (5, None, False)


def test_warnings_keep_no_page_from_being_rendered(check, theme):
    checked, rendered = check(theme({"templates/_heroo.html": HERO}))
    assert [one.severity for one in checked.findings] == ["warning"]
    assert (checked.errors, rendered) == (0, True)


def test_a_description_that_cannot_be_used_ends_it(check, theme):
    checked, rendered = check(theme({"css/a.css": "}"}, name="Mine!"))
    assert [(one.file, one.line) for one in checked.findings] == [("theme.yaml", 2)]
    assert (checked.theme, rendered) == (None, False)


@pytest.mark.parametrize(
    ("files", "said", "what"),
    [
        ({}, {"extends": "nowhere"}, "there is no theme 'nowhere'."),
        ({"templates/Hero.html": ""}, {}, "'templates/Hero.html' is not a file name."),
        ({}, {"scripts": {"nosuch": []}}, "there are no pages of kind ['nosuch']."),
    ],
)
def test_whatever_else_keeps_a_theme_from_being_loaded(check, theme, files, said, what):
    checked, rendered = check(theme(files, **said))
    assert [one.what for one in checked.findings if one.severity == "error"] == [what]
    assert (checked.theme, rendered) == (None, False)


def test_a_file_that_is_wrong_is_named_from_the_themes_folder(check, theme):
    checked, _ = check(theme({"templates/_hero.html": "x" * (1 << 20) + "x"}))
    assert [one.file for one in checked.findings] == ["templates/_hero.html"]


def test_only_files_of_the_theme_itself_are_a_reason_not_to_load_it(check, theme):
    folder = theme({"fonts/a.woff2": ""}, fonts=["fonts/a.woff2"])
    (folder / "fonts/a.woff2").write_bytes(b"x" * (1 << 20) + b"x")
    checked, _ = check(folder)
    assert [(one.file, one.rule) for one in checked.findings] == [("fonts/a.woff2", "theme")]


def test_a_folder_without_a_theme(check, tmp_path):
    with pytest.raises(ThemeError, match=r"there is no theme\.yaml"):
        check(tmp_path)


def test_pages_are_rendered_with_sample_data(means, theme):
    checked = check_theme(theme({"templates/_hero.html": "<h1>{{ home.titel }}</h1>"}), means)
    assert [(one.file, one.line) for one in checked.findings] == [("templates/_hero.html", 1)]


def test_only_errors_are_counted():
    found = [Finding("a", 1, "b", "c", "d"), Finding("a", 2, "b", "c", "d", "warning")]
    assert Checked(None, tuple(found)).errors == 1
