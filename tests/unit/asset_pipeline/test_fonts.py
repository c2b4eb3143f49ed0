"""Fonts, cut by writing system: real font files, a real worker."""

from io import BytesIO

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from shopwright.asset_pipeline.fonts import cut_font, with_parts
from shopwright.errors import ThemeError


def font(text):
    """A TrueType font in which every character of ``text`` is a square."""
    pen = TTGlyphPen(None)
    for step, point in enumerate([(50, 0), (50, 700), (650, 700), (650, 0)]):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    names = {ord(character): f"u{ord(character):04X}" for character in text}
    glyphs = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(glyphs, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (700, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    written = BytesIO()
    builder.save(written)
    return written.getvalue()


def characters(part):
    return "".join(map(chr, sorted(TTFont(BytesIO(part.data)).getBestCmap())))


def test_a_font_is_cut_by_writing_system(tmp_path):
    parts = cut_font("squares.ttf", font("abcжعq"), tmp_path)
    assert [(part.subset, part.unicode_range, characters(part)) for part in parts] == [
        ("latin", "U+61-63,U+71", "abcq"),
        ("cyrillic", "U+436", "ж"),
        ("arabic", "U+639", "ع"),
    ]
    assert all(part.data.startswith(b"wOF2") for part in parts)


def test_a_font_is_cut_once(tmp_path, monkeypatch):
    data = font("ab")
    first = cut_font("squares.ttf", data, tmp_path)
    monkeypatch.setattr("shopwright.asset_pipeline.fonts.ask_once", lambda *_: pytest.fail("cut again"))
    assert cut_font("squares.ttf", data, tmp_path) == first


def test_the_same_font_gives_the_same_bytes(tmp_path):
    data = font("abж")
    assert cut_font("a.ttf", data, tmp_path / "one") == cut_font("b.ttf", data, tmp_path / "two")


def test_a_broken_cache_entry_is_made_again(tmp_path):
    data = font("ab")
    first = cut_font("squares.ttf", data, tmp_path)
    [entry] = (tmp_path / "fonts").iterdir()
    entry.write_bytes(b"[{}]")
    assert cut_font("squares.ttf", data, tmp_path) == first


@pytest.mark.parametrize("data", [b"", b"wOF2", b"\0\1\0\0" + bytes(40), b"<svg/>", font("ab")[:200], b"OTTO" * 1000])
def test_what_is_no_font_is_refused(tmp_path, data):
    with pytest.raises(ThemeError, match=r"^mine\.woff2: the font cannot be read: "):
        cut_font("mine.woff2", data, tmp_path)


def test_a_worker_that_dies_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr("shopwright.asset_pipeline.one_shot.sys.executable", "/bin/false")
    with pytest.raises(ThemeError, match="too much memory or time"):
        cut_font("mine.woff2", bytes(200_000), tmp_path)


FACE = b'@font-face{font-family:"D";src:url("d.woff2") format("woff2")}'


def test_one_part_keeps_one_rule():
    style = with_parts(FACE + b"a{b:c}", {"d.woff2": [("d.1.woff2", "U+41")]})
    assert style == b'@font-face{font-family:"D";src:url("d.1.woff2") format("woff2")}a{b:c}'


@pytest.mark.parametrize("written", [b'url("d.woff2")', b"url('d.woff2')", b"url( d.woff2 )"])
def test_every_part_has_its_rule(written):
    face = b"@font-face {font-family: D; src: " + written + b";}"
    style = with_parts(face, {"d.woff2": [("d.1.woff2", "U+41"), ("d.2.woff2", "U+436")]})
    assert style == (
        b'@font-face {font-family: D; src: url("d.1.woff2");unicode-range:U+41}\n'
        b'@font-face {font-family: D; src: url("d.2.woff2");unicode-range:U+436}'
    )


def test_other_fonts_stay():
    assert with_parts(FACE, {"e.woff2": [("e.1.woff2", "U+41")]}) == FACE
