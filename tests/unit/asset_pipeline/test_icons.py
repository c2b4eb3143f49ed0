"""Icons of a web app, drawn by a real worker and read back."""

import pytest
import pyvips

from shopwright.asset_pipeline.icons import ICONS, app_icons
from shopwright.errors import PictureError

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="{}"/></svg>'
WIDE = SVG.format("#ff0000").encode()


def opened(data):
    return pyvips.Image.new_from_buffer(data, "")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    return app_icons(WIDE, "#0000ff", tmp_path_factory.mktemp("cache"))


def test_every_icon_is_a_square_png_of_its_size(drawn):
    assert {name: (opened(data).width, opened(data).height) for name, data in drawn.items()} == {
        name: (side, side) for name, side, _ in ICONS
    }
    assert all(data.startswith(b"\x89PNG") for data in drawn.values())


def test_the_picture_stands_whole_in_the_middle(drawn):
    image = opened(drawn["icon-192.png"])
    assert image(96, 96)[:3] == [255, 0, 0]
    assert image(12, 96)[:3] == [255, 0, 0]
    assert image(4, 96)[:3] == image(96, 20)[:3] == [0, 0, 255]


def test_what_may_be_cut_off_a_maskable_icon_is_ground(drawn):
    image = opened(drawn["icon-maskable.png"])
    assert image(512 // 2, 512 // 2)[:3] == [255, 0, 0]
    assert image(int(512 * 0.2), 512 // 2)[:3] == [0, 0, 255]


def test_icons_are_drawn_once(tmp_path, monkeypatch):
    first = app_icons(WIDE, "#ffffff", tmp_path)
    monkeypatch.setattr("shopwright.asset_pipeline.icons.ask_once", lambda *_: pytest.fail("drawn again"))
    assert app_icons(WIDE, "#ffffff", tmp_path) == first


def test_a_broken_cache_entry_is_made_again(tmp_path):
    first = app_icons(WIDE, "#ffffff", tmp_path)
    [entry] = (tmp_path / "icons").iterdir()
    for broken in (b"{}", b"[1]", b"{", b'{"a": 1}'):
        entry.write_bytes(broken)
        assert app_icons(WIDE, "#ffffff", tmp_path) == first


def test_what_is_no_picture_is_refused(tmp_path):
    with pytest.raises(PictureError, match=r"^icons cannot be drawn: "):
        app_icons(b"no picture", "#ffffff", tmp_path)


def test_a_worker_that_dies_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr("shopwright.asset_pipeline.one_shot.sys.executable", "/bin/false")
    with pytest.raises(PictureError, match="too much memory or time"):
        app_icons(WIDE, "#ffffff", tmp_path)
