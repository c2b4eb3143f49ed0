"""Themes: found by name or by path, with what they inherit."""

from pathlib import Path

import pytest

from shopwright.errors import ThemeError
from shopwright.template_engine.theme import (
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_PARENTS,
    MAX_TEMPLATES,
    builtin_themes,
    load_theme,
    theme_folders,
)


@pytest.fixture
def theme(tmp_path):
    """Write a theme below a folder of themes; returns its path as it is given on the command line."""

    def write(name="mine", said="", **files):
        folder = tmp_path / name
        (folder / "css").mkdir(parents=True, exist_ok=True)
        (folder / "theme.yaml").write_text(f"name: {name}\ntitle: Mine\n{said}")
        for file, text in files.items():
            (folder / "css" / f"{file}.css").write_text(text)
        return str(folder)

    return write


@pytest.mark.parametrize("name", builtin_themes())
def test_a_theme_that_comes_with_shopwright_loads_by_its_name(name):
    loaded = load_theme(name)
    assert loaded.name == name
    assert loaded.styles
    assert "site" in loaded.scripts
    assert set(loaded.preload) <= set(loaded.fonts)
    assert loaded.builtin
    assert {"layout.html", "product.html"} <= loaded.templates.keys()
    assert loaded.own == frozenset()


def test_a_theme_has_its_folder_and_those_of_what_it_extends(theme, tmp_path):
    folders = theme_folders(theme(said="extends: meridian"))
    assert [folder.name for folder in folders] == ["mine", "meridian", "atelier"]
    assert folders[0] == tmp_path / "mine"


def test_the_promised_themes_are_there():
    assert {"atelier", "meridian"} <= set(builtin_themes())


def test_a_folder_is_a_theme(theme, tmp_path):
    path = theme(said="styles: [css/b.css, css/a.css]", a="A", b="B")
    loaded = load_theme(path)
    assert loaded.styles == (("mine/css/b.css", b"B"), ("mine/css/a.css", b"A"))
    assert (loaded.name, loaded.scripts, loaded.fonts, loaded.preload) == ("mine", {}, {}, ())
    assert (loaded.builtin, loaded.templates) == (False, {})


def test_a_theme_adds_to_the_one_it_extends(theme, tmp_path):
    lists = "styles: [css/a.css]\nscripts: {site: [css/a.css], cart: [css/a.css]}\nfonts: [css/a.css]\n"
    theme("parent", lists + "preload: [a.css]", a="parent")
    path = theme(
        "child",
        "extends: parent\nstyles: [css/b.css]\nscripts: {site: [css/b.css]}\nfonts: [css/a.css]",
        a="child",
        b="B",
    )
    loaded = load_theme(path)
    assert loaded.styles == (("parent/css/a.css", b"parent"), ("child/css/b.css", b"B"))
    assert loaded.scripts == {
        "site": (("parent/css/a.css", b"parent"), ("child/css/b.css", b"B")),
        "cart": (("parent/css/a.css", b"parent"),),
    }
    assert loaded.fonts == {"a.css": b"child"}
    assert loaded.preload == ("a.css",)


def test_a_theme_may_extend_one_that_comes_with_shopwright(theme):
    assert load_theme(theme(said="extends: atelier")).styles == load_theme("atelier").styles


def test_a_template_hides_the_parents_of_the_same_name(theme, tmp_path):
    path = Path(theme(said="extends: atelier"))
    (path / "templates").mkdir(exist_ok=True)
    (path / "templates/_price.html").write_text("{{ price.text }}")
    loaded = load_theme(str(path))
    assert loaded.templates["_price.html"] == "{{ price.text }}"
    assert loaded.templates["home.html"] == load_theme("atelier").templates["home.html"]
    assert (loaded.own, loaded.builtin) == ({"_price.html"}, False)


def test_a_template_that_is_no_text_is_refused(theme):
    path = Path(theme())
    (path / "templates").mkdir(exist_ok=True)
    (path / "templates/home.html").write_bytes(b"\xff\xfe")
    with pytest.raises(ThemeError, match="not UTF-8"):
        load_theme(str(path))


def test_too_many_templates_are_refused(theme):
    path = Path(theme())
    (path / "templates").mkdir(exist_ok=True)
    for number in range(MAX_TEMPLATES + 1):
        (path / f"templates/t{number}.html").write_text("")
    with pytest.raises(ThemeError, match="too many templates"):
        load_theme(str(path))


def test_the_digest_is_of_the_content_not_of_the_place(theme, tmp_path):
    first = load_theme(theme(said="styles: [css/a.css]", a="A")).digest
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "mine").rename(tmp_path / "elsewhere/mine")
    moved = str(tmp_path / "elsewhere/mine")
    assert load_theme(moved).digest == first
    (tmp_path / "elsewhere/mine/css/a.css").write_text("B")
    changed = load_theme(moved).digest
    (tmp_path / "elsewhere/mine/css/b.css").write_text("nothing refers to this")
    assert load_theme(moved).digest == changed
    (tmp_path / "elsewhere/mine/templates").mkdir()
    (tmp_path / "elsewhere/mine/templates/home.html").write_text("")
    assert len({first, changed, load_theme(moved).digest}) == 3


def test_a_theme_that_is_not_there_names_those_that_are():
    with pytest.raises(ThemeError, match=r"^there is no theme 'gone'\. .*or one of: atelier, meridian\.$"):
        load_theme("gone")


def test_a_theme_that_extends_itself_is_refused(theme):
    theme("a", "extends: b")
    with pytest.raises(ThemeError, match=r"b/theme\.yaml|a/theme\.yaml: the theme extends itself"):
        load_theme(theme("b", "extends: a"))


def test_a_theme_has_a_bounded_number_of_ancestors(theme):
    for number in range(MAX_PARENTS + 2):
        path = theme(f"t{number}", f"extends: t{number - 1}" if number else "")
    with pytest.raises(ThemeError, match="extends itself"):
        load_theme(path)
    load_theme(path.replace(f"t{MAX_PARENTS + 1}", f"t{MAX_PARENTS}"))


@pytest.mark.parametrize(
    "said",
    [
        "colour: red",
        "styles: css/a.css",
        "title: ''",
        "title: 2024-13-45",
        "title: [unclosed",
        "title: !!python/object/apply:os.system ['true']",
        "title: \x00",
        "title: " + "[" * 5_000,
        "scripts: {site: [a.js]}\nname: ../x",
        "extends: ../other",
        "extends: /etc",
        "styles: &all [a.css]\nfonts: *all",
        "fonts: [" + ", ".join(f"f{number}.woff2" for number in range(4_000)) + "]\nstyles: 1",
    ],
)
def test_a_theme_file_that_says_something_else_is_refused(theme, said):
    with pytest.raises(ThemeError, match=r"mine/theme\.yaml( line 3)?: .+ See docs/reference/theme-api\.md\.$"):
        load_theme(theme(said=said))


def test_scripts_are_for_kinds_of_pages_that_exist(theme):
    with pytest.raises(ThemeError, match=r"there are no pages of kind \['checkout'\]\. Kinds: cart, collection, "):
        load_theme(theme(said="scripts: {checkout: [a.js]}"))


@pytest.mark.parametrize(
    "name", ["../secret.css", "/etc/passwd", "css/../../a.css", "A.css", "css/a", ".css", "a b.css"]
)
def test_a_file_name_never_leads_out_of_the_theme(theme, name):
    with pytest.raises(ThemeError, match=r"is not a file name\. Use a-z, 0-9"):
        load_theme(theme(said=f"styles: ['{name}']"))


def test_a_link_never_leads_out_of_the_theme(theme, tmp_path):
    path = theme(said="styles: [css/a.css]")
    (tmp_path / "secret.css").write_text("secret")
    (tmp_path / "mine/css/a.css").symlink_to(tmp_path / "secret.css")
    with pytest.raises(ThemeError, match=r"css/a\.css: the file is missing"):
        load_theme(path)


def test_a_file_that_is_missing_or_too_large_is_named(theme):
    with pytest.raises(ThemeError, match=r"css/a\.css: the file is missing\. Add it, or take it out of theme\.yaml\.$"):
        load_theme(theme(said="styles: [css/a.css]"))
    with pytest.raises(ThemeError, match=rf"css/a\.css: the file is larger than {MAX_FILE_BYTES} bytes"):
        load_theme(theme(said="styles: [css/a.css]", a="x" * (MAX_FILE_BYTES + 1)))


def test_a_theme_may_say_which_version_of_the_api_it_was_written_for(theme):
    assert load_theme(theme(said="api: 1")).name == "mine"
    with pytest.raises(ThemeError, match=r"theme\.yaml: the theme needs version 2 of the theme API\. Update"):
        load_theme(theme(said="api: 2"))
    with pytest.raises(ThemeError, match=r"theme\.yaml: it cannot be used"):
        load_theme(theme(said="api: 0"))


def test_a_theme_publishes_the_files_it_lists_and_those_of_its_parent(theme, tmp_path):
    theme("parent", "files: [img/a.svg, img/b.svg]")
    path = Path(theme("child", "extends: parent\nfiles: [img/b.svg]"))
    for name, file in (("parent", "a"), ("parent", "b"), ("child", "b")):
        (tmp_path / name / "img").mkdir(exist_ok=True)
        (tmp_path / name / f"img/{file}.svg").write_text(name)
    assert load_theme(str(path)).files == {"img/a.svg": b"parent", "img/b.svg": b"child"}


@pytest.mark.parametrize("name", ["page.html", "app.js", "style.css", "data.xml", "plain.svg/../x.html"])
def test_what_a_browser_would_run_is_not_published(theme, name):
    with pytest.raises(ThemeError, match="cannot be published"):
        load_theme(theme(said=f"files: ['{name}']"))


def test_a_key_of_a_theme_file_forges_no_line_of_the_message(theme):
    with pytest.raises(ThemeError) as error:
        load_theme(theme(said='"\\e]0;title\\a\\nshop.yaml: fine": 1'))
    assert "\x1b" not in str(error.value)
    assert "\n" not in str(error.value)


def test_a_theme_lists_a_bounded_number_of_files(theme):
    names = ", ".join(["css/a.css"] * (MAX_FILES // 2 + 1))
    with pytest.raises(
        ThemeError, match=rf"it lists {MAX_FILES + 2} styles, scripts and fonts\. List at most {MAX_FILES}"
    ):
        load_theme(theme(said=f"styles: [{names}]\nscripts: {{site: [{names}]}}", a="A"))
