import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import ThemeError
from shopwright.generation.theme_check.description import check_description, listed

GOOD = """name: mine
title: Mine
extends: atelier
styles: [css/a.css]
"""


@pytest.fixture
def described(tmp_path):
    """A theme's folder with this description and these files."""

    def go(text, *files):
        (tmp_path / "theme.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
        for name in files:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("")
        return tmp_path

    return go


def test_a_good_description(described):
    said, found = check_description(described(GOOD, "css/a.css"))
    assert (said.name, said.extends, found) == ("mine", "atelier", [])


def test_a_folder_without_one(tmp_path):
    with pytest.raises(ThemeError) as refused:
        check_description(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path}: there is no theme.yaml. Give a theme's folder; shopwright theme new begins one."
    )


def test_every_key_that_is_wrong_with_its_line(described):
    said, found = check_description(described("name: Mine!\ntitle: ''\nstyles:\n  - css/a.css\n  - 7\ncolour: red\n"))
    assert said is None
    assert [(one.line, one.rule, one.what.partition(":")[0]) for one in found] == [
        (1, "theme", "'name'"),
        (2, "theme", "'title'"),
        (5, "theme", "'styles.1'"),
        (6, "theme", "'colour'"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("name: mine\ntitle: [\n", 3, "This is no YAML: expected the node content"),
        ("- a\n- b\n", 1, "Input should be a valid dictionary"),
        ("", 1, "Input should be a valid dictionary"),
        ("name: mine\n", 1, "'title': Field required."),
        (b"name: \xff\n", 1, "This is no YAML"),
        ("a: 9999-99-99\n", 1, "'name': Field required."),
        ("name: mine\ntitle: &a [*a]\n", 2, "anchors, aliases and tags are not allowed."),
        ("[" * 20_000, 1, "This is no YAML"),
        ("# " + "x" * (1 << 20), 0, "It is larger than 65,536 bytes."),
    ],
)
def test_what_cannot_be_read(described, text, line, what):
    said, found = check_description(described(text))
    assert said is None
    assert found[0].line == line
    assert found[0].what.startswith(what)


def test_every_file_that_is_missing_with_its_line(described):
    text = """name: mine
title: Mine
styles:
  - css/a.css
  - css/b.css
scripts:
  site: [js/a.js]
fonts: [fonts/a.woff2]
preload: [a.woff2, b.woff2]
"""
    said, found = check_description(described(text, "css/a.css"))
    assert said is not None
    assert [(one.line, one.what) for one in found] == [
        (5, "There is no file 'css/b.css'."),
        (8, "There is no file 'fonts/a.woff2'."),
        (7, "There is no file 'js/a.js'."),
        (9, "'b.woff2' is none of the theme's fonts."),
    ]


def test_a_parents_font_may_be_preloaded(described):
    text = GOOD + "preload: [display.woff2]\n"
    assert check_description(described(text, "css/a.css"))[1] == []


def test_the_files_a_theme_lists(described):
    said, _ = check_description(described(GOOD + "scripts: {site: [js/a.js]}\nfiles: [pictures/a.svg]\n"))
    assert [name for _, name in listed(said)] == ["css/a.css", "pictures/a.svg", "js/a.js"]


@given(text=st.text(st.sampled_from("name: mine\n-[]{}&*!|>'\"#%@,7"), max_size=80) | st.binary(max_size=60))
def test_any_file_is_read_or_refused(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("theme")
    (folder / "theme.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    said, found = check_description(folder)
    assert said is not None or found
