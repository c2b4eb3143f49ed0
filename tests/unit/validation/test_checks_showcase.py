import pytest

from shopwright.generation.showcase.build import Showcase
from shopwright.generation.showcase.reference import POLICY, Chapter, Entry, Shown
from shopwright.generation.showcase.states import State
from shopwright.template_engine.anatomy import dissect
from shopwright.template_engine.theme import builtin_themes, load_theme
from shopwright.validation import checks_showcase as module
from shopwright.validation.checkout import Checkout

GOOD = (
    "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
    "<meta name='viewport' content='width=device-width, initial-scale=1'><meta name='robots' content='noindex'>"
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>T</title></head>'
    "<body><main><h1>T</h1></main></body></html>"
)
FRAMES = {"light-ltr": "/sites/a/", "dark-ltr": "/sites/a/search/?q=x", "light-rtl": "/sites/a/404.html"}


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout whose showcase is made here; ``made`` are its chapters, files of it can be changed."""
    monkeypatch.setattr(module, "build_showcase", lambda order, tell: Showcase(tuple(chapters), 3, 9))
    chapters = [chapter(name) for name in builtin_themes()]
    for name in ("sites/a/index.html", "sites/a/search/index.html", "sites/a/404.html", "themes/a/index.html"):
        path = tmp_path / "showcase" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD)
    made = Checkout(tmp_path, tmp_path)
    vars(made)["made"] = chapters
    return made


def chapter(name, error=""):
    sources = load_theme(name).templates
    shown = [Shown(State("x", "y", "Z", ""), FRAMES, "{}", error)]
    entries = [Entry(name, name, template, "", dissect({template: ""}), shown) for template in sources]
    return Chapter(name, True, entries, {}, {})


def test_every_template_is_shown(checkout):
    result = module.showcase(checkout)
    count = sum(len(load_theme(name).templates) for name in builtin_themes())
    assert result.passed
    frames = f"{3 * count:,} of {3 * count:,} frames there"
    assert result.figure == f"{count} of {count} templates of 2 themes, {count} states, {frames}, 0 faults"


def test_a_template_without_a_state(checkout):
    checkout.made[0].entries[0].shown.clear()
    checkout.made[0].entries.pop()
    assert not module.showcase(checkout).passed


def test_a_frame_that_is_not_there(checkout):
    (checkout.work / "showcase/sites/a/404.html").unlink()
    assert not module.showcase(checkout).passed


def test_a_state_that_cannot_be_shown(checkout):
    checkout.made[0] = chapter("atelier", "It fails.")
    result = module.showcase(checkout)
    assert not result.passed
    assert not result.figure.endswith(", 0 faults")


def test_a_page_of_the_reference_that_breaks_a_rule(checkout):
    (checkout.work / "showcase/themes/a/index.html").write_text(GOOD.replace("<h1>", "<h1></h1><h1>"))
    result = module.showcase(checkout)
    assert not result.passed
    assert result.figure.endswith(", 1 faults")


def test_no_showcase_at_all(checkout):
    checkout.made.clear()
    assert not module.showcase(checkout).passed
