"""The workshop, whole: real folders, a real server, real workers, a real cache."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import pyvips

from shopwright.asset_pipeline.crew import PassingError
from shopwright.asset_pipeline.rendition import PreparedPicture
from shopwright.asset_pipeline.share import ShareLook, ShareOrder
from shopwright.asset_pipeline.tally import Tally
from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.asset_pipeline.workshop import PictureOrder, PictureRequest, PictureWorkshop
from shopwright.errors import PictureError, SettingsError, StorageError

Open = Callable[..., PictureWorkshop]


@pytest.fixture
def folder(tmp_path: Path, make_photo: Callable[..., pyvips.Image], settle: Callable[..., None]) -> Path:
    folder = tmp_path / "store"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.jpg").write_bytes(make_photo(60 + number, 40).jpegsave_buffer())
    (folder / "broken.jpg").write_bytes((folder / "0.jpg").read_bytes()[:400])
    (folder / "words.jpg").write_bytes(b"words")
    settle(*folder.iterdir())
    return folder


@pytest.fixture
def workshop(tmp_path: Path, folder: Path) -> Open:
    def open_one(cache: str = "cache", workers: int = 2, **options: Any) -> PictureWorkshop:
        order = PictureOrder([folder], workers, **{"allow_private": True, **options})
        return PictureWorkshop(TenantCache(tmp_path / cache), order)

    return open_one


def wanted(*sources: str) -> list[PictureRequest]:
    return [PictureRequest(source, f"Product {source}") for source in sources]


def ask(
    workshop: PictureWorkshop, *sources: str, tally: Tally | None = None
) -> list[tuple[PreparedPicture | None, PictureError | None]]:
    requests = wanted(*sources)
    outcomes = list(workshop.prepare(requests, tally or Tally()))
    assert [request for request, _, _ in outcomes] == requests
    return [(picture, error) for _, picture, error in outcomes]


def counts(tally: Tally) -> tuple[int, int, int]:
    return tally.counts["made"], tally.counts["reused"], tally.counts["failed"]


def test_pictures_come_back_in_order_and_their_files_are_there(workshop: Open) -> None:
    tally = Tally()
    sources = [f"{number}.jpg" for number in (3, 0, 5, 1, 4, 2)]
    with workshop() as shop:
        outcomes = ask(shop, *sources, tally=tally)
        assert counts(tally) == (6, 0, 0)
        for (picture, error), source in zip(outcomes, sources, strict=True):
            assert error is None
            assert picture is not None
            assert picture.width == 60 + int(source[0])
            for rendition in picture.renditions:
                assert shop.file(rendition).stat().st_size == rendition.bytes


def test_a_second_build_starts_no_worker_and_reads_no_picture(
    workshop: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = Tally()
    sources = [f"{number}.jpg" for number in range(6)]
    with workshop() as shop:
        first = ask(shop, *sources)
    monkeypatch.setattr("subprocess.Popen", None)
    monkeypatch.setattr("hashlib.file_digest", None)
    with workshop() as shop:
        assert ask(shop, *sources, tally=tally) == first
        assert counts(tally) == (0, 6, 0)


def test_the_same_input_gives_the_same_files_with_any_number_of_workers(workshop: Open, tmp_path: Path) -> None:
    sources = [*(f"{number}.jpg" for number in range(6)), "none.jpg", "broken.jpg"]
    results = []
    for workers in (1, 3):
        with workshop(cache=f"cache{workers}", workers=workers) as shop:
            results.append([picture for picture, _ in ask(shop, *sources)])
    files = [
        {path.name: path.read_bytes() for path in (tmp_path / cache / "pictures" / "files").rglob("*-*")}
        for cache in ("cache1", "cache3")
    ]
    assert results[0] == results[1]
    assert files[0] == files[1]
    assert len(files[0]) >= 14


def test_a_picture_named_often_is_made_once(workshop: Open, folder: Path) -> None:
    tally = Tally()
    (folder / "copy.jpg").write_bytes((folder / "0.jpg").read_bytes())
    with workshop() as shop:
        pictures = {picture for picture, _ in ask(shop, *["0.jpg", "copy.jpg"] * 20, tally=tally)}
        assert len(pictures) == 1
        assert counts(tally) == (1, 39, 0)


def test_a_bad_picture_costs_only_its_product_a_picture(workshop: Open) -> None:
    tally = Tally()
    with workshop() as shop:
        outcomes = ask(shop, "0.jpg", "broken.jpg", "none.jpg", "words.jpg", "1.jpg", tally=tally)
        assert counts(tally) == (2, 0, 3)
    complaints = [error and str(error).partition(" (")[0] for _, error in outcomes]
    assert complaints == [
        None,
        "broken.jpg: picture truncated: the JPEG cannot be decoded",
        "none.jpg: picture missing: no folder of this store has it. Add the file or correct the path.",
        "words.jpg: not a picture: the file begins with b'words'. Give a JPEG, PNG, WebP, AVIF, GIF or SVG file.",
        None,
    ]
    assert [picture and picture.stand_in for picture, _ in outcomes] == [False, True, True, True, False]
    stand_in = outcomes[2][0]
    assert stand_in is not None
    assert (stand_in.width, stand_in.height) == (1600, 1600)
    assert [(r.format, r.width) for r in stand_in.renditions] == [
        ("webp", 320),
        ("webp", 768),
        ("webp", 1024),
        ("jpeg", 1024),
    ]


def test_a_stand_in_is_remembered_but_its_picture_is_tried_again(workshop: Open, folder: Path) -> None:
    with workshop() as shop:
        ask(shop, "none.jpg")
    (folder / "none.jpg").write_bytes((folder / "1.jpg").read_bytes())
    with workshop() as shop:
        ((picture, error),) = ask(shop, "none.jpg")
    assert picture is not None
    assert (error, picture.stand_in, picture.width) == (None, False, 61)


def test_a_changed_picture_is_made_again(workshop: Open, folder: Path) -> None:
    with workshop() as shop:
        ask(shop, "0.jpg")
    (folder / "0.jpg").write_bytes((folder / "1.jpg").read_bytes())
    with workshop() as shop:
        ((picture, _),) = ask(shop, "0.jpg")
        assert picture is not None
        assert picture.width == 61


def test_a_damaged_cache_is_repaired(workshop: Open) -> None:
    tally = Tally()
    with workshop() as shop:
        ((picture, _),) = ask(shop, "0.jpg")
        assert picture is not None
        whole = shop.file(picture.renditions[0]).read_bytes()
        shop.file(picture.renditions[0]).write_bytes(b"")
    with workshop() as shop:
        assert ask(shop, "0.jpg", tally=tally) == [(picture, None)]
        assert tally.counts["made"] == 1
        assert shop.file(picture.renditions[0]).read_bytes() == whole


def test_addresses_are_fetched_and_told_apart_from_paths(web: Any, workshop: Open, jpeg: bytes) -> None:
    tally = Tally()
    good = web.serve("/a.jpg", jpeg)
    with workshop() as shop:
        (fetched, none), (stand_in, missing) = ask(shop, good, f"{web.address}/none.jpg")
    assert fetched is not None
    assert stand_in is not None
    assert (fetched.width, none, stand_in.stand_in) == (200, None, True)
    assert missing is not None
    assert str(missing) == (f"{web.address}/none.jpg: picture missing: the server answered 404. Correct its address.")
    with workshop() as shop:
        assert ask(shop, good, tally=tally) == [(fetched, None)]
        assert counts(tally) == (0, 1, 0)
    assert sorted(path for path, _ in web.asked) == ["/a.jpg", "/none.jpg"]


def test_a_file_in_the_folder_stands_in_for_its_address(web: Any, workshop: Open) -> None:
    with workshop(policy="skip") as shop:
        (here, _), (nowhere, _) = ask(shop, f"{web.address}/files/3.jpg?v=17", f"{web.address}/files/33.jpg")
    assert here is not None
    assert (here.width, nowhere, web.asked) == (63, None, [])


def test_private_addresses_are_refused_unless_allowed(web: Any, workshop: Open, jpeg: bytes) -> None:
    with workshop(allow_private=False) as shop:
        ((_, error),) = ask(shop, web.serve("/a.jpg", jpeg))
    assert error is not None
    assert error.what == "picture address refused: 127.0.0.1 is not on the public internet."
    assert web.asked == []


@pytest.mark.parametrize("policy", ["link", "skip"])
def test_a_policy_leaves_addresses_to_the_page(web: Any, workshop: Open, policy: str) -> None:
    tally = Tally()
    with workshop(policy=policy) as shop:
        outcomes = ask(shop, "0.jpg", f"{web.address}/a.jpg", "//cdn.example/a.jpg", tally=tally)
        assert counts(tally) == (1, 0, 0)
    assert outcomes[1:] == [(None, None), (None, None)]
    assert web.asked == []


def test_an_unknown_policy_is_refused(workshop: Open) -> None:
    with pytest.raises(SettingsError, match="unknown policy for pictures: all"):
        workshop(policy="all")


def test_without_a_network_a_store_still_builds_at_once(workshop: Open) -> None:
    tally = Tally()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    started = time.monotonic()
    with workshop() as shop:
        outcomes = ask(shop, *(f"http://127.0.0.1:{port}/gone-{number}.jpg" for number in range(500)), tally=tally)
        assert counts(tally) == (0, 0, 500)
    assert {error and error.what for _, error in outcomes} == {
        f"picture unreachable: no connection to 127.0.0.1:{port}."
    }
    assert all(picture and picture.stand_in for picture, _ in outcomes)
    assert time.monotonic() - started < 60  # 72 drawings; seconds on an idle machine


def test_requests_are_taken_a_few_dozen_ahead_at_most(workshop: Open) -> None:
    taken = 0

    def requests() -> Iterator[PictureRequest]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield PictureRequest(f"{number % 6}.jpg", "")

    with workshop() as shop:
        outcomes = shop.prepare(requests(), Tally())
        next(outcomes)
        assert taken <= 66
        assert sum(1 for _ in outcomes) == 999


def test_a_build_that_is_interrupted_leaves_no_process_and_a_good_cache(workshop: Open, folder: Path) -> None:
    def interrupt() -> None:
        with workshop() as shop:
            next(shop.prepare((PictureRequest(f"{number}.jpg", "") for number in range(6)), Tally()))
            raise KeyboardInterrupt

    before = set(psutil.Process().children(recursive=True))
    with pytest.raises(KeyboardInterrupt):
        interrupt()
    assert set(psutil.Process().children(recursive=True)) <= before
    with workshop() as shop:
        assert [error for _, error in ask(shop, *(f"{number}.jpg" for number in range(6)))] == [None] * 6


def test_a_cache_that_cannot_be_written_stops_the_build(workshop: Open, tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"in the way")
    with pytest.raises(StorageError, match="Not a directory"):
        workshop()


def test_files_that_cannot_be_written_stop_the_build(workshop: Open, tmp_path: Path) -> None:
    with workshop() as shop:
        (tmp_path / "cache" / "pictures" / "files").write_bytes(b"in the way")
        with pytest.raises(StorageError, match="Not a directory"):
            ask(shop, "0.jpg")


def test_two_builds_share_a_cache(workshop: Open) -> None:
    sources = [f"{number}.jpg" for number in range(6)]
    with workshop() as one, workshop() as other:
        pairs = zip(
            one.prepare((PictureRequest(source, "") for source in sources), Tally()),
            other.prepare((PictureRequest(source, "") for source in reversed(sources)), Tally()),
            strict=True,
        )
        assert all(left[2] is None and right[2] is None for left, right in pairs)


def test_the_cache_is_bounded(workshop: Open, tmp_path: Path) -> None:
    tally = Tally()
    with workshop() as shop:
        ask(shop, "0.jpg", "1.jpg")
    long_ago = time.time() - 90_000
    for path in (tmp_path / "cache").rglob("*"):
        os.utime(path, (long_ago, long_ago))
    with workshop(cache_bytes=100) as shop:
        ask(shop, "2.jpg")
    with workshop() as shop:
        ask(shop, "2.jpg", "0.jpg", "1.jpg", tally=tally)
        assert counts(tally) == (2, 1, 0)


def test_when_not_even_a_stand_in_can_be_drawn_the_page_does_without(
    workshop: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shopwright.asset_pipeline.workshop.stand_in_svg", lambda title: b"no drawing")
    with workshop() as shop:
        ((picture, error),) = ask(shop, "none.jpg")
    assert picture is None
    assert error is not None
    assert error.what == "picture missing: no folder of this store has it."


def finish(workshop: PictureWorkshop, *sources: str, pictures: int = 99) -> list[tuple[str, bool, str]]:
    """Complete pictures, beginning at most so many; of each outcome the source, whether it was made, and the error."""
    left = iter(range(pictures))
    outcomes = workshop.complete(wanted(*sources), lambda: next(left, None) is not None)
    return [(request.source, picture is not None, error.what if error else "") for request, picture, error in outcomes]


def widths(picture: PreparedPicture | None) -> list[tuple[str, int]]:
    assert picture is not None
    return [(each.format, each.width) for each in picture.renditions]


def test_the_rest_is_made_after_the_publishable_set(workshop: Open, folder: Path, make_photo: Any) -> None:
    (folder / "wide.jpg").write_bytes(make_photo(1100, 90).jpegsave_buffer())
    first, second = Tally(), Tally()
    with workshop() as shop:
        ((published, _),) = ask(shop, "wide.jpg", tally=first)
        shop.rest()
        assert finish(shop, "wide.jpg") == [("wide.jpg", True, "")]
        assert finish(shop, "wide.jpg") == []
        ((whole, _),) = ask(shop, "wide.jpg", tally=second)
        assert whole is not None
        assert all(shop.file(rendition).stat().st_size == rendition.bytes for rendition in whole.renditions)
    assert widths(published) == [("webp", 320), ("webp", 768), ("webp", 1024), ("jpeg", 1024)]
    assert widths(whole) == [(name, width) for name in ("avif", "webp", "jpeg") for width in (320, 768, 1024, 1100)]
    assert [(tally.counts["complete"], tally.counts["incomplete"]) for tally in (first, second)] == [(0, 1), (1, 0)]


def test_the_rest_goes_on_where_the_last_build_stopped(workshop: Open) -> None:
    sources = [f"{number}.jpg" for number in range(6)]
    with workshop() as shop:
        ask(shop, *sources)
        assert [source for source, _, _ in finish(shop, *sources, pictures=2)] == sources[:2]
    with workshop() as shop:
        assert [source for source, _, _ in finish(shop, *sources, pictures=3)] == sources[2:5]
    with workshop() as shop:
        assert [source for source, _, _ in finish(shop, *sources)] == sources[5:]
        assert finish(shop, *sources) == []


def test_also_a_stand_in_is_completed(workshop: Open) -> None:
    with workshop() as shop:
        assert finish(shop, "none.jpg") == [("none.jpg", True, "")]
        ((stand_in, error),) = ask(shop, "none.jpg")
    assert stand_in is not None
    assert error is not None
    assert stand_in.stand_in
    assert [width for name, width in widths(stand_in) if name == "avif"] == [320, 768, 1024, 1600]


def test_only_the_formats_that_are_wanted_are_made(workshop: Open) -> None:
    with workshop(formats=("jpeg",)) as shop:
        assert widths(ask(shop, "0.jpg")[0][0]) == [("jpeg", 60)]
    with workshop(formats=("webp", "jpeg")) as shop:
        ask(shop, "0.jpg")
        finish(shop, "0.jpg")
        assert widths(ask(shop, "0.jpg")[0][0]) == [("webp", 60), ("jpeg", 60)]


def test_an_address_that_is_left_to_the_page_has_no_rest(workshop: Open) -> None:
    with workshop(policy="link") as shop:
        assert finish(shop, "https://cdn.example/a.jpg") == []


def test_when_the_rest_cannot_be_made_the_publishable_set_stays(
    workshop: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workshop() as shop:
        before = ask(shop, "0.jpg")
        prepare = shop._crew.prepare
        monkeypatch.setattr(shop._crew, "prepare", lambda task: refuse())
        assert finish(shop, "0.jpg") == [("0.jpg", False, "picture too large.")]
        monkeypatch.setattr(shop._crew, "prepare", prepare)
        assert finish(shop, "0.jpg") == [("0.jpg", False, "picture too large.")]
        assert ask(shop, "0.jpg") == before


def refuse() -> PreparedPicture:
    raise PictureError("picture too large.")


def test_an_unusable_picture_is_remembered_and_costs_no_worker(workshop: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    with workshop() as shop:
        first = ask(shop, "broken.jpg")
    monkeypatch.setattr("subprocess.Popen", None)
    with workshop() as shop:
        again = ask(shop, "broken.jpg")
    assert [str(error) for _, error in first] == [str(error) for _, error in again]
    assert first[0][0] == again[0][0]


def test_an_unusable_picture_is_tried_again_when_that_is_asked_for(
    workshop: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workshop() as shop:
        monkeypatch.setattr(shop._crew, "prepare", lambda task: refuse())
        assert ask(shop, "0.jpg")[0][0] is None
    monkeypatch.undo()
    with workshop() as shop:
        ((picture, error),) = ask(shop, "0.jpg")
        assert error is not None
    with workshop(retry=True) as shop:
        ((picture, error),) = ask(shop, "0.jpg")
        assert error is None
        assert picture is not None
        assert picture.width == 60


def test_trouble_that_passes_is_not_remembered(workshop: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def trouble(task: object) -> PreparedPicture:
        raise PassingError("its worker was ended from outside.")

    with workshop() as shop:
        monkeypatch.setattr(shop._crew, "prepare", trouble)
        assert ask(shop, "0.jpg")[0][1] is not None
    monkeypatch.undo()
    with workshop() as shop:
        assert ask(shop, "0.jpg")[0][1] is None


def test_tenants_share_nothing(workshop: Open, tmp_path: Path) -> None:
    """Two tenants with the same picture: each makes it, and neither reads the other's file."""
    tallies = []
    for tenant in ("north", "south", "north"):
        tallies.append(Tally())
        with workshop(cache=f"all/tenants/{tenant}") as shop:
            ((picture, _),) = ask(shop, "0.jpg", tally=tallies[-1])
            assert picture is not None
            assert shop.file(picture.renditions[0]).is_relative_to(tmp_path / "all" / "tenants" / tenant)
    assert [counts(tally) for tally in tallies] == [(1, 0, 0), (1, 0, 0), (0, 1, 0)]


def test_share_pictures_come_in_the_order_they_are_asked_for(workshop: Open) -> None:
    names = ["0.jpg", "1.jpg", "2.jpg"]
    with workshop() as one:
        pictures = [picture for picture, _ in ask(one, *names)]
        orders = [ShareOrder(each.renditions[-1].name, each.color, ShareLook("#1f5c4d")) for each in pictures if each]
        missing = ShareOrder("none-1.jpg", "#ffffff", ShareLook())
        first = list(one.share([orders[0], missing, *orders[1:]]))
        assert [each is None for each in first] == [False, True, False, False]
        assert [each for each in first if each] == list(one.share(iter(orders)))
        assert all(one.file(each).stat().st_size == each.bytes for each in first if each)


def test_no_more_share_pictures_are_under_way_than_workers_can_take(workshop: Open) -> None:
    with workshop() as one:
        order = ShareOrder("none-1.jpg", "#ffffff", ShareLook())
        taken: list[int] = []
        drawn = one.share(taken.append(number) or order for number in range(500))  # type: ignore[func-returns-value]
        assert next(drawn) is None
        assert len(taken) < 100
        assert len(list(drawn)) == 499
