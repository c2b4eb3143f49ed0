from shopwright.generation.manifest import read_manifest
from shopwright.generation.showcase.shelf import Shelf
from shopwright.storage.exchange import new_folder


def test_files_become_the_folder_in_one_step(tmp_path):
    (tmp_path / "e3b0c442-320.webp").write_bytes(b"picture")
    with new_folder(tmp_path / "out") as new:
        shelf = Shelf(new, "/showcase")
        shelf.add([("index.html", b"home"), ("themes/a/index.html", b"theme")])
        shelf.take([("sites/a/e3b0c442-320.webp", tmp_path / "e3b0c442-320.webp")])
        assert not (tmp_path / "out").exists()
        assert shelf.finish() == (3, 16)
    manifest = read_manifest(tmp_path / "out")
    sizes = {"index.html": 4, "themes/a/index.html": 5, "sites/a/e3b0c442-320.webp": 7}
    assert {name: entry.size for name, entry in manifest.items()} == sizes
    assert manifest["index.html"].address == "/showcase/"
    assert manifest["sites/a/e3b0c442-320.webp"].sha256 == "e3b0c442"
    assert (tmp_path / "out/themes/a/index.html").read_bytes() == b"theme"
