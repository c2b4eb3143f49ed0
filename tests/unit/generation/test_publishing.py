"""What a theme and a brand become before any page is rendered."""

import re

import pytest
from tests.unit.generation.records import BARE

from shopwright.catalog.store import Store
from shopwright.errors import ThemeError
from shopwright.generation.publishing import theme_files
from shopwright.template_engine.theme import load_theme


def theme(tmp_path, css, **files):
    folder = tmp_path / "mine"
    (folder / "css").mkdir(parents=True)
    (folder / "theme.yaml").write_text(
        "name: mine\ntitle: Mine\nstyles: [css/a.css]\nfonts: [sans.woff2, serif.woff2]\n"
        "scripts: {site: [a.js], product: [b.js]}\n"
    )
    (folder / "css/a.css").write_text(css)
    for name, data in {
        "sans.woff2": "SANS",
        "serif.woff2": "SERIF",
        "a.js": "var a = 1;",
        "b.js": "f()",
        **files,
    }.items():
        (folder / name).write_text(data)
    return load_theme(str(folder))


def files(theme, **brand):
    store = Store.model_validate({"name": "Shop", "brand": brand})
    return {name: (published, data.decode()) for name, published, data in theme_files(theme, store)}


def test_files_are_named_by_their_content(tmp_path):
    found = files(theme(tmp_path, "p { color: #222222 }"))
    assert list(found) == ["sans.woff2", "serif.woff2", "site.css", "product.js", "site.js", "icon.svg"]
    for name, (published, _) in found.items():
        stem, suffix = name.split(".")
        assert re.fullmatch(rf"{stem}\.[0-9a-f]{{16}}\.{suffix}", published)
    assert found["sans.woff2"][1] == "SANS"
    assert "f()" in found["product.js"][1]
    assert found == files(theme(tmp_path / "elsewhere", "p { color: #222222 }"))


def test_styles_hold_the_themes_the_placeholders_and_the_brand():
    style = files(load_theme(str(BARE)), accent="#1f4d3a")["site.css"][1]
    assert style.startswith("main{color:#222}")
    assert len(re.findall(r"\.ph-[0-3]{3}\b", style)) == 64
    assert "--accent:#1f4d3a" in style


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_styles_name_fonts_as_they_are_published(tmp_path, quote):
    css = "@font-face { font-family: a; src: url('sans.woff2') } p { background: url('xsans.woff2') }".replace(
        "'", quote
    )
    found = files(theme(tmp_path, css))
    assert f"url({found['sans.woff2'][0]})" in found["site.css"][1].replace('"', "")
    assert "xsans.woff2" in found["site.css"][1]


def test_the_icon_has_the_brands_colour():
    assert 'fill="#aa0000"' in files(load_theme(str(BARE)), accent="#aa0000")["icon.svg"][1]
    assert 'fill="#1f2937"' in files(load_theme(str(BARE)))["icon.svg"][1]


def test_a_script_that_is_none_names_its_file(tmp_path):
    with pytest.raises(ThemeError, match=r"^mine/a\.js, line 2: the script cannot be read"):
        files(theme(tmp_path, "", **{"a.js": "ok();\nfunction ("}))
