from dataclasses import replace

import pytest

from shopwright.asset_pipeline.bundles import bundle_scripts, bundle_styles
from shopwright.template_engine.theme import load_theme
from shopwright.validation import checks_assets as module
from shopwright.validation.checkout import EXAMPLE, Checkout

STYLES = (("a.css", b"/* first */\nbody {\n  color: #ff0000;\n}\n"), ("b.css", b"main {\n  margin: 0px;\n}\n"))
SCRIPT = ("a.js", b"// greets\nfunction greet(name) {\n  return 'hello ' + name;\n}\nwindow.greet = greet;\n")
PAGE = '<link rel="stylesheet" href="/assets/site.css"><script src="/assets/site.js"></script>'


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout whose example is built from a small theme; files of the site can be changed."""
    theme = replace(load_theme("atelier"), styles=STYLES, scripts={"site": (SCRIPT,)})
    monkeypatch.setattr(module, "load_theme", lambda name: theme)
    (tmp_path / EXAMPLE).mkdir(parents=True)
    (tmp_path / EXAMPLE / "store.yaml").write_text("name: Small")
    (tmp_path / "site/assets").mkdir(parents=True)
    (tmp_path / "site/index.html").write_text(PAGE)
    (tmp_path / "site/assets/site.css").write_bytes(bundle_styles(STYLES))
    (tmp_path / "site/assets/site.js").write_bytes(bundle_scripts([SCRIPT]))
    made = Checkout(tmp_path, tmp_path)
    vars(made)["example"] = tmp_path / "site"
    return made


def test_bundles_that_are_minified(checkout):
    result = module.bundles(checkout)
    assert result.passed
    assert result.figure.startswith("2 styles in 1, ")
    assert "1 scripts in 1, " in result.figure
    assert result.figure.endswith("at most 1 and 1 a page")


def test_styles_that_were_only_joined(checkout):
    (checkout.example / "assets/site.css").write_bytes(b"".join(data for _, data in STYLES))
    assert not module.bundles(checkout).passed


def test_scripts_that_were_only_joined(checkout):
    (checkout.example / "assets/site.js").write_bytes(SCRIPT[1] * 5)
    assert not module.bundles(checkout).passed


@pytest.mark.parametrize("extra", ['<link rel="stylesheet" href="/b.css">', '<script src="b.js"></script>' * 2])
def test_too_much_to_load(checkout, extra):
    (checkout.example / "index.html").write_text(PAGE + extra)
    assert not module.bundles(checkout).passed


def test_a_site_without_bundles(checkout):
    for file in (checkout.example / "assets").iterdir():
        file.unlink()
    assert not module.bundles(checkout).passed
