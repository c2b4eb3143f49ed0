"""What a build says of its pictures."""

from shopwright.cli.picture_summary import picture_lines

WEBP = {
    "files": 6,
    "bytes": 150_000,
    "not_smaller": 0,
    "originals": 2,
    "original_bytes": 400_000,
    "bytes_saved": 300_000,
}
DRAWN = {"files": 1, "bytes": 2_000, "not_smaller": 3, "originals": 0, "original_bytes": 0, "bytes_saved": 0}


def test_a_store_without_pictures_has_nothing_to_say() -> None:
    assert not list(picture_lines({"made": 0, "reused": 0, "failed": 0, "complete": 0, "incomplete": 0, "formats": {}}))


def test_counts_and_savings_by_format() -> None:
    pictures = {"made": 1, "reused": 1, "failed": 1, "complete": 1, "incomplete": 2, "formats": {"webp": WEBP}}
    assert list(picture_lines(pictures)) == [
        "3 pictures: 1 made, 1 reused, 1 stand-in; 1 complete, 2 publishable (--complete makes the rest).",
        "  webp: 6 files, 0.1 MB; the widest are 75% smaller than their 2 originals",
    ]


def test_when_all_are_complete_nothing_is_left_to_make() -> None:
    pictures = {"made": 0, "reused": 3, "failed": 0, "complete": 3, "incomplete": 0, "formats": {"png": DRAWN}}
    assert list(picture_lines(pictures)) == [
        "3 pictures: 0 made, 3 reused, 0 stand-ins; 3 complete.",
        "  png: 1 file, 0.0 MB; 3 left out, no smaller",
    ]
