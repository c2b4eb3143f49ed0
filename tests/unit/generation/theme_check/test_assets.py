import pytest

from shopwright.generation.theme_check.assets import check_assets
from shopwright.generation.theme_check.finding import Finding
from shopwright.template_engine.theme import ThemeFile


@pytest.fixture
def check(tmp_path):
    """What is found in a theme with these files, of which these are listed."""

    def go(files, **listed):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(text)
        return list(check_assets(tmp_path, ThemeFile(name="mine", title="Mine", **listed)))

    return go


def test_files_that_are_as_they_should_be(check):
    files = {
        "css/a.css": b"a { color: red }",
        "js/a.js": b"let a = 1",
        "fonts/a.woff2": b"",
        "fonts/LICENSE.txt": b"",
        "README.md": b"",
        ".git/hooks/a.js": b"",
        "templates/a.css": b"",
    }
    listed = {"styles": ("css/a.css",), "scripts": {"site": ("js/a.js",)}, "fonts": ("fonts/a.woff2",)}
    assert check(files, **listed) == []


def test_every_style_and_script_that_cannot_be_read(check):
    files = {"css/a.css": b"a {\n  color: red;\n}}\nb {}\n", "css/b.css": b"b {}\n@@ {", "js/a.js": b"let a = ;"}
    found = check(files, styles=("css/a.css", "css/b.css"), scripts={"site": ("js/a.js",)})
    assert [(one.file, one.line, one.rule, one.severity) for one in found] == [
        ("css/a.css", 3, "code", "error"),
        ("css/b.css", 2, "code", "error"),
        ("js/a.js", 1, "code", "error"),
    ]
    assert found[0].what.startswith("the style sheet cannot be read: ")


def test_a_file_that_is_not_utf8(check):
    (found,) = check({"css/a.css": b"\xff"}, styles=("css/a.css",))
    assert (found.line, found.what) == (0, "the file is not UTF-8.")


def test_a_file_that_is_too_large_is_not_read(check):
    (found,) = check({"css/a.css": b"a{}" * 400_000}, styles=("css/a.css",))
    assert found.what == "The file is larger than 1,048,576 bytes."


def test_files_that_nothing_uses(check):
    found = check({"css/a.css": b"", "js/b/c.js": b"", "fonts/d.ttf": b""})
    assert found == [
        Finding(name, 0, "unused-file", "Nothing uses this file.", instead, "warning")
        for name, key in (("css/a.css", "styles"), ("fonts/d.ttf", "fonts"), ("js/b/c.js", "scripts"))
        for instead in [f"List it in theme.yaml under {key}, or take it out."]
    ]


def test_a_listed_file_that_is_missing_is_told_elsewhere(check):
    assert check({}, styles=("css/gone.css",)) == []


@pytest.mark.parametrize("name", ["../outside.css", "css/link.css"])
def test_no_file_outside_of_the_theme_is_read(tmp_path, name):
    folder = tmp_path / "mine"
    (folder / "css").mkdir(parents=True)
    (tmp_path / "outside.css").write_text("secret {{{")
    (folder / "css/link.css").symlink_to(tmp_path / "outside.css")
    said = ThemeFile(name="mine", title="Mine", styles=(name,))
    assert [found for found in check_assets(folder, said) if found.rule == "code"] == []
