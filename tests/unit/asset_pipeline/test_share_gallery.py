"""The gallery draws each share picture once, by a real worker, and never costs a build more than the picture."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shopwright.asset_pipeline.cache import PictureCache, write_whole
from shopwright.asset_pipeline.crew import Crew
from shopwright.asset_pipeline.darkroom import Equipment
from shopwright.asset_pipeline.share import HEIGHT, WIDTH, ShareLook, ShareOrder
from shopwright.asset_pipeline.share_gallery import ShareGallery
from shopwright.asset_pipeline.trim import Bound

NAME = "aa-200.jpg"


@pytest.fixture
def gallery(tmp_path: Path, jpeg: bytes) -> Iterator[ShareGallery]:
    cache, bound = PictureCache(tmp_path), Bound(tmp_path, 10**9)
    write_whole(cache.files / NAME[:2] / NAME, jpeg)
    crew = Crew(1, cache.files)
    yield ShareGallery(Equipment(cache, bound, crew))
    crew.close()
    bound.close()


def test_a_share_picture_is_drawn_once(gallery: ShareGallery, tmp_path: Path) -> None:
    order = ShareOrder(NAME, "#ffffff", ShareLook("#1f5c4d", NAME))
    assert gallery.recall(order) is None
    drawn = gallery.draw(order)
    assert drawn is not None
    assert (drawn.format, drawn.width, drawn.height, drawn.name[16:]) == ("jpeg", WIDTH, HEIGHT, "-1200.jpg")
    assert gallery.recall(order) == drawn
    assert (tmp_path / "files" / drawn.name[:2] / drawn.name).stat().st_size == drawn.bytes


def test_what_cannot_be_drawn_is_left_out(gallery: ShareGallery, tmp_path: Path) -> None:
    write_whole(tmp_path / "files" / "bb" / "bb-9.jpg", b"words")
    assert gallery.draw(ShareOrder("bb-9.jpg", "#ffffff", ShareLook())) is None
    assert gallery.draw(ShareOrder("cc-9.jpg", "#ffffff", ShareLook())) is None
    assert gallery.draw(ShareOrder(NAME, "#ffffff", ShareLook("", "dd-9.png"))) is None
    assert gallery.draw(ShareOrder(NAME, "#ffffff", ShareLook())) is not None
