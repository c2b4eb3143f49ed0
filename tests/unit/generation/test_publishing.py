"""What a theme and a brand become before any page is rendered."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO

import orjson
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from tests.unit.generation.records import BARE

from shopwright.asset_pipeline.icons import ICONS
from shopwright.catalog.store import Store
from shopwright.errors import ThemeError
from shopwright.generation.publishing import theme_files
from shopwright.template_engine.theme import load_theme


@cache
def font(text):
    """A TrueType font in which the characters of ``text`` are blank."""
    names = {ord(character): f"u{ord(character):04X}" for character in text}
    glyphs = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(glyphs, TTGlyphPen(None).glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": text, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    written = BytesIO()
    builder.save(written)
    return written.getvalue()


def theme(tmp_path, css, **files):
    folder = tmp_path / "mine"
    (folder / "css").mkdir(parents=True)
    (folder / "theme.yaml").write_text(
        "name: mine\ntitle: Mine\nstyles: [css/a.css]\nfonts: [sans.woff2, serif.woff2]\n"
        "scripts: {site: [a.js], product: [b.js]}\n"
    )
    (folder / "css/a.css").write_text(css)
    for name, data in {
        "sans.woff2": font("ab"),
        "serif.woff2": font("aж"),
        "a.js": b"var a = 1;",
        "b.js": b"f()",
        **files,
    }.items():
        (folder / name).write_bytes(data)
    return load_theme(str(folder))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Where cut fonts are remembered, for all tests of this file."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def publish(kept):
    def go(theme, **brand):
        return theme_files(theme, Store.model_validate({"name": "Shop", "brand": brand}), kept)

    return go


@pytest.fixture
def files(publish):
    def go(theme, **brand):
        made = publish(theme, **brand)
        data = dict(made.files)
        return {name: (published, data[published].decode("latin-1")) for name, published in made.assets.items()}

    return go


def test_files_are_named_by_their_content(tmp_path, files):
    found = files(theme(tmp_path, "p { color: #222222 }"))
    assert set(found) == {
        *("sans.woff2", "sans.woff2#latin", "serif.woff2", "serif.woff2#latin", "serif.woff2#cyrillic"),
        *("site.css", "product.js", "site.js", "icon.svg", *(name for name, _, _ in ICONS)),
    }
    for name, (published, _) in found.items():
        stem, suffix = name.partition("#")[0].split(".")
        assert re.fullmatch(rf"{stem}(-latin|-cyrillic)?\.[0-9a-f]{{16}}\.{suffix}", published)
    assert found["serif.woff2"] == found["serif.woff2#latin"] != found["serif.woff2#cyrillic"]
    assert "f()" in found["product.js"][1]
    assert found == files(theme(tmp_path / "elsewhere", "p { color: #222222 }"))


def test_styles_hold_the_themes_the_placeholders_and_the_brand(files):
    style = files(load_theme(str(BARE)), accent="#1f4d3a")["site.css"][1]
    assert style.startswith("main{color:#222}")
    assert len(re.findall(r"\.ph-[0-3]{3}\b", style)) == 64
    assert "--accent:light-dark(#1f4d3a," in style


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_styles_name_fonts_as_they_are_published(tmp_path, quote, files):
    css = "@font-face { font-family: a; src: url('sans.woff2') } p { background: url('xsans.woff2') }".replace(
        "'", quote
    )
    found = files(theme(tmp_path, css))
    assert f"url({found['sans.woff2'][0]})" in found["site.css"][1].replace('"', "")
    assert "xsans.woff2" in found["site.css"][1]


def test_a_font_of_two_writing_systems_has_two_rules(tmp_path, files):
    found = files(theme(tmp_path, "@font-face { font-family: a; src: url(serif.woff2) }"))
    latin, cyrillic = (found[f"serif.woff2#{subset}"][0] for subset in ("latin", "cyrillic"))
    face = "@font-face{{font-family:a;src:url({});unicode-range:{}}}".format
    assert found["site.css"][1].startswith(face(latin, "U+61") + face(cyrillic, "U+436"))


def test_every_bundle_has_its_map(tmp_path, publish):
    made = publish(theme(tmp_path, "p { color: #222222 }"))
    maps = {name: orjson.loads(data) for name, data in made.maps}
    assert set(maps) == {f"{made.assets[name]}.map" for name in ("site.css", "site.js", "product.js")}
    assert maps[f"{made.assets['product.js']}.map"]["sources"] == ["mine/b.js"]
    assert not any(name.endswith(".map") for name, _ in made.files)


def test_the_icon_has_the_brands_colour(files):
    assert 'fill="#aa0000"' in files(load_theme(str(BARE)), accent="#aa0000")["icon.svg"][1]
    assert 'fill="#1f2937"' in files(load_theme(str(BARE)))["icon.svg"][1]


def test_icons_are_drawn_from_the_logo(kept):
    store, bare = Store(name="Shop"), load_theme(str(BARE))
    logo = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
    drawn, own = theme_files(bare, store, kept), theme_files(bare, store, kept, logo)
    changed = {name for name in drawn.assets if drawn.assets[name] != own.assets[name]}
    assert changed == {name for name, _, _ in ICONS}


def test_a_script_that_is_none_names_its_file(tmp_path, files):
    with pytest.raises(ThemeError, match=r"^mine/a\.js, line 2: the script cannot be read"):
        files(theme(tmp_path, "", **{"a.js": b"ok();\nfunction ("}))


def test_a_theme_that_loads_too_much_is_refused(tmp_path, files):
    noise = "".join(
        f".a{hash_}{{color:#{hash_}}}" for hash_ in (f"{number * 7919 % 0xFFFFFF:06x}" for number in range(9_000))
    )
    with pytest.raises(ThemeError, match=r"^theme mine: the styles are [0-9,]+ bytes compressed; at most 15,360"):
        files(theme(tmp_path, noise))


def test_a_themes_own_files_are_published_and_named_in_its_styles(tmp_path, files):
    made = theme(tmp_path, "p { background: url('img/dots.svg') } b { background: url(other.svg) }")
    found = files(replace(made, files={"img/dots.svg": b"<svg/>"}))
    assert re.fullmatch(r"dots\.[0-9a-f]{16}\.svg", found["img/dots.svg"][0])
    assert f"url({found['img/dots.svg'][0]})" in found["site.css"][1].replace('"', "")
    assert "url(other.svg)" in found["site.css"][1].replace('"', "")
