import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import TemplateRefused, ThemeError
from shopwright.generation.preview.problem import PLACES_SHOWN, problem_of

LINES = [f"line {number}" for number in range(1, 21)]


@pytest.fixture
def folders(tmp_path):
    mine, parent = tmp_path / "mine", tmp_path / "parent"
    for folder in (mine, parent):
        (folder / "templates").mkdir(parents=True)
        (folder / "css").mkdir()
    (mine / "templates/home.html").write_text("\n".join(LINES))
    (parent / "templates/_card.html").write_text("one\ntwo")
    (mine / "css/look.css").write_text("a {\n}")
    (tmp_path / "secret.txt").write_text("secret")
    return mine, parent


def told(folders, what="It fails.", where=""):
    problem = problem_of(ThemeError(what, where=where, remedy="Correct it."), folders)
    return [(excerpt.file, excerpt.line, [number for number, _ in excerpt.lines]) for excerpt in problem.excerpts]


def test_an_error_is_told_with_the_lines_around_it(folders):
    problem = problem_of(ThemeError("It fails.", where="home.html, line 10", remedy="Correct it."), folders)
    assert (problem.what, problem.where, problem.remedy) == ("It fails.", "home.html, line 10", "Correct it.")
    (excerpt,) = problem.excerpts
    assert excerpt.lines == tuple((number, f"line {number}") for number in range(6, 15))


def test_the_first_and_the_last_lines_have_fewer_around_them(folders):
    assert told(folders, where="home.html, line 1") == [("home.html", 1, [1, 2, 3, 4, 5])]
    assert told(folders, where="home.html, line 20") == [("home.html", 20, [16, 17, 18, 19, 20])]


def test_a_template_of_a_parent_and_a_style_of_the_theme_are_found(folders):
    assert told(folders, where="_card.html, line 2") == [("_card.html", 2, [1, 2])]
    assert told(folders, where="mine/css/look.css, line 1") == [("mine/css/look.css", 1, [1, 2])]


def test_each_refusal_has_its_lines_once(folders):
    what = "refused.\nhome.html, line 3: no. [a]\n_card.html, line 1: no. [b]\nhome.html, line 3: no. [c]"
    problem = problem_of(TemplateRefused(what, where="mine"), folders)
    assert [(excerpt.file, excerpt.line) for excerpt in problem.excerpts] == [("home.html", 3), ("_card.html", 1)]


def test_there_is_an_end_to_excerpts(folders):
    what = "\n".join(f"home.html, line {line % 20 + 1}: no." for line in range(40))
    (folders[0] / "templates/a.html").write_text("x")
    assert len(told(folders, what=f"{what}\na.html, line 1")) == PLACES_SHOWN


@pytest.mark.parametrize(
    "where", ["", "theme.yaml", "home.html, line 21", "home.html, line 0", "none.html, line 1", "../secret.txt, line 1"]
)
def test_what_has_no_line_has_no_excerpt(folders, where):
    assert told(folders, where=where) == []


@given(st.text(max_size=200))
def test_any_error_can_be_told(tmp_path_factory, text):
    folder = tmp_path_factory.getbasetemp()
    error = ThemeError(text, where=text)
    assert problem_of(error, [folder]).where == error.where
