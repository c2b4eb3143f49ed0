import pytest

from shopwright.catalog.pictures import find_picture, picture_source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("https://x.example/a b.jpg?v=1", "https://x.example/a%20b.jpg?v=1"),
        ("//x.example/a.jpg", "https://x.example/a.jpg"),
        ("/m/h/a.jpg", "m/h/a.jpg"),
        ("pictures/a.jpg", "pictures/a.jpg"),
        ("https://u:p@x.example/a.jpg", None),
        ("https://x.example/" + "a" * 2_000, None),
        ("../a.jpg", None),
        ("a/../../b.jpg", None),
        ("C:\\a.jpg", None),
        ("data:image/gif;base64,R0", None),
        ("file:///etc/passwd", None),
        ("a\nb", None),
        ("/", None),
    ],
)
def test_only_addresses_and_paths_inside_are_sources(text, source):
    assert picture_source(text) == source


def test_pictures_are_found_in_the_first_folder_that_has_them(tmp_path):
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        folder.mkdir()
        (folder / "a b.jpg").write_bytes(b"x")
    assert find_picture("a b.jpg", [first, second]) == first / "a b.jpg"
    assert find_picture("https://x.example/p/a%20b.jpg?v=1", [second]) == second / "a b.jpg"


def test_no_file_outside_the_folders_is_found(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"x")
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    for source in ("../secret.jpg", "link.jpg", "\x00", "", "https://x.example/", "https://x.example/..%2Fsecret.jpg"):
        assert find_picture(source, [folder]) is None
    assert find_picture("x" * 5_000, [folder]) is None
