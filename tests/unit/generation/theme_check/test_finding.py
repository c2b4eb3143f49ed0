import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.generation.theme_check.finding import EXCERPT, Finding, excerpt, printable


def found(line, what="Something."):
    return Finding("templates/_a.html", line, "rule", what, "Do.")


def test_findings_are_sorted_by_file_and_line():
    later, first, other = found(10), found(2), Finding("css/a.css", 30, "code", "x", "y")
    assert sorted([later, first, other]) == [other, first, later]


def test_as_json():
    assert found(3).as_json() == {
        "file": "templates/_a.html",
        "line": 3,
        "severity": "error",
        "rule": "rule",
        "what": "Something.",
        "instead": "Do.",
    }
    assert found(0).as_json()["line"] is None


@pytest.mark.parametrize(
    ("what", "column"),
    [
        ("There is no interface text 'cart.ad'.", 8),
        ("picture() is called wrongly.", 15),
        ("The filter 'gone' is not allowed.", 2),
        ("Something else.", 2),
        ("Something '' else.", 2),
    ],
)
def test_it_points_at_what_is_named(what, column):
    source = 'first\n  {{ t("cart.ad")|picture(a) }}'
    line, at = excerpt(found(2, what), source)
    assert line == source.splitlines()[1]
    assert at == (column if column != 15 else line.index("picture"))


def test_a_long_line_is_cut_around_the_place():
    line = "x" * 1_000 + " wanted " + "y" * 1_000
    shown, column = excerpt(found(1, "There is no 'wanted'."), line)
    assert len(shown) <= EXCERPT
    assert shown[column:].startswith("wanted")


def test_what_a_terminal_must_not_see_is_blank():
    assert excerpt(found(1), "a\x1b[31mb\tc") == ("a [31mb c", 0)


@pytest.mark.parametrize("line", [0, 3, -1])
def test_no_such_line(line):
    assert excerpt(found(line), "one\ntwo") is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_as_jinja_counts_them(end):
    assert excerpt(found(2), f"one\x0b\x85\u2028{end}two{end}") == ("two", 0)


@given(source=st.text(max_size=400), line=st.integers(0, 5), what=st.text(max_size=50))
def test_any_source(source, line, what):
    shown = excerpt(found(line, what), source)
    if shown is not None:
        assert len(shown[0]) <= EXCERPT
        assert shown[0].isprintable()
        assert 0 <= shown[1] <= EXCERPT


def test_no_text_of_a_theme_steers_a_terminal():
    assert printable("\x1b]0;title\x07 \u202ea, line 1: ü") == "\ufffd]0;title\ufffd \ufffda, line 1: ü"
