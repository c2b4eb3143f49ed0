"""What a build reports of its pictures."""

from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition, Traits
from shopwright.asset_pipeline.tally import Tally

PHOTO = Traits(transparent=False, drawing=False)


def picture(kind: str, *files: tuple[str, int, int]) -> PreparedPicture:
    renditions = tuple(Rendition(name, width, width, size, f"{name}-{width}") for name, width, size in files)
    return PreparedPicture(1600, 1200, "#ffffff", renditions, kind, 1_000, PHOTO)


def test_files_and_bytes_are_counted_by_format() -> None:
    tally = Tally()
    tally.count("made")
    tally.count("complete")
    tally.add(picture("jpeg", ("avif", 320, 90), ("avif", 1600, 300), ("jpeg", 320, 100), ("jpeg", 1600, 400)))
    tally.add(picture("svg", ("webp", 320, 90), ("png", 1024, 400)))
    tally.add(picture("png", ("avif", 320, 100), ("jpeg", 320, 100)))
    numbers = tally.as_json()
    formats = numbers.pop("formats")
    assert numbers == {"made": 1, "reused": 0, "failed": 0, "complete": 1, "incomplete": 0}
    assert list(formats) == ["avif", "webp", "jpeg", "png"]
    assert formats["avif"] == {
        "files": 2,
        "bytes": 390,
        "not_smaller": 1,
        "originals": 1,
        "original_bytes": 1_000,
        "bytes_saved": 700,
    }
    assert (formats["jpeg"]["files"], formats["jpeg"]["originals"], formats["jpeg"]["bytes_saved"]) == (3, 2, 1_500)
    assert (formats["png"]["files"], formats["png"]["originals"], formats["png"]["bytes_saved"]) == (1, 0, 0)
