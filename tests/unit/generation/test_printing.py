"""What is known is reused, what is new is printed, then all is switched."""

import orjson
import pytest
from tests.unit.generation.records import BARE, site
from tests.unit.generation.test_press import theme

from shopwright.errors import StorageError, ThemeError
from shopwright.generation.job import Job
from shopwright.generation.manifest import NAME, read_manifest
from shopwright.generation.printing import Printing, published
from shopwright.storage.exchange import new_folder
from shopwright.template_engine.theme import load_theme

PAYLOAD = b'{"kind":"cart"}'
JOBS = [
    Job({"en": "/cart/", "de": "/de/cart/"}, PAYLOAD),
    Job({"en": "/collections/all/products-1.json"}, b'{"kind":"listing","products":[],"next":null}'),
]


def build(target, jobs=JOBS, files=(), pictures=(), shop=None, theme_folder=BARE):
    """Build a site of these; returns what was done, and how often progress was told."""
    ticks = []
    with new_folder(target) as new:
        printing = Printing(shop or site(), load_theme(str(theme_folder)), new, 1)
        printing.add_files(files)
        printing.add_pictures(pictures)
        printing.print(jobs, lambda: ticks.append(1))
        return printing.finish(), len(ticks)


def counts(built):
    return built.pages, built.files, built.written, built.reused, built.removed


def test_a_first_build_writes_everything(tmp_path):
    (tmp_path / "picture").write_bytes(b"picture")
    built, ticks = build(
        tmp_path / "site", files=[("robots.txt", b"hi")], pictures=[("ab12-320.webp", tmp_path / "picture")]
    )
    assert (counts(built), ticks) == ((2, 5, 5, 0, 0), 3)
    files = {
        str(path.relative_to(tmp_path / "site")): path for path in (tmp_path / "site").rglob("*") if path.is_file()
    }
    assert set(files) == {
        "cart/index.html", "de/cart/index.html", "collections/all/products-1.json", "robots.txt",
        "assets/pictures/ab12-320.webp", NAME,
    }  # fmt: skip
    assert built.bytes == sum(path.stat().st_size for name, path in files.items() if name != NAME)
    entries = read_manifest(tmp_path / "site")
    assert entries["assets/pictures/ab12-320.webp"].sha256 == "ab12"
    assert orjson.loads(entries["cart/index.html"].notes)["title"] == "Cart | Small Shop"


def test_a_second_build_prints_and_writes_nothing(tmp_path, monkeypatch):
    (tmp_path / "picture").write_bytes(b"picture")
    everything = {"files": [("robots.txt", b"hi")], "pictures": [("ab12-320.webp", tmp_path / "picture")]}
    build(tmp_path / "site", **everything)
    stat = (tmp_path / "site").stat()
    monkeypatch.setattr("shopwright.generation.crew.PageWorker", lambda *_: pytest.fail("printed"))
    built, ticks = build(tmp_path / "site", **everything)
    assert (counts(built), ticks) == ((2, 5, 0, 5, 0), 3)
    assert (tmp_path / "site").stat().st_ino == stat.st_ino


def test_changed_files_are_written_and_what_is_gone_is_removed(tmp_path):
    build(tmp_path / "site", files=[("robots.txt", b"hi"), ("old.txt", b"old")])
    built, _ = build(tmp_path / "site", files=[("robots.txt", b"HI")])
    assert counts(built) == (2, 4, 1, 3, 1)
    assert (tmp_path / "site/robots.txt").read_bytes() == b"HI"
    assert not (tmp_path / "site/old.txt").exists()


def test_only_a_removal_is_a_change(tmp_path):
    build(tmp_path / "site", files=[("old.txt", b"old")])
    built, _ = build(tmp_path / "site")
    assert counts(built) == (2, 3, 0, 3, 1)
    assert not (tmp_path / "site/old.txt").exists()


def test_a_page_printed_again_to_the_same_bytes_is_not_written(tmp_path):
    """Its input has changed, so only the manifest is replaced."""
    build(tmp_path / "site")
    before = (tmp_path / "site").stat().st_ino, (tmp_path / "site" / NAME).read_bytes()
    later = site(prices_include_tax=False)
    assert counts(build(tmp_path / "site", shop=later)[0]) == (2, 3, 0, 3, 0)
    assert (tmp_path / "site").stat().st_ino == before[0]
    assert (tmp_path / "site" / NAME).read_bytes() != before[1]
    assert counts(build(tmp_path / "site", shop=later)[0]) == (2, 3, 0, 3, 0)


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_text("cut")])
def test_a_damaged_page_is_made_again(tmp_path, damage):
    build(tmp_path / "site")
    whole = (tmp_path / "site/cart/index.html").read_bytes()
    damage(tmp_path / "site/cart/index.html")
    assert build(tmp_path / "site")[0].written == 1
    assert (tmp_path / "site/cart/index.html").read_bytes() == whole


def test_another_theme_prints_every_page_again(tmp_path):
    build(tmp_path / "site")
    other = theme(tmp_path, cart='{% extends "layout.html" %}{% block main %}New{% endblock %}')
    assert build(tmp_path / "site", shop=site(theme=str(other)), theme_folder=other)[0].written == 2


def test_a_page_at_another_address_has_another_key(tmp_path):
    build(tmp_path / "site")
    entries = read_manifest(tmp_path / "site").values()
    assert len({entry.key for entry in entries}) == len(entries)


def test_the_addresses_of_a_site_below_a_path(tmp_path):
    shop = site(url="https://shop.example/sub")
    with new_folder(tmp_path / "site") as new:
        printing = Printing(shop, load_theme(str(BARE)), new, 1)
        printing.add_files([("assets/site.css", b"")])
        printing.print([Job({"de": "/sub/de/cart/"}, PAYLOAD)], lambda: None)
        assert printing.addresses() == {"/sub/assets/site.css", "/sub/de/cart/"}
        assert [entry.file for entry in printing.pages()] == ["de/cart/index.html"]


def test_a_failure_leaves_the_old_site(tmp_path):
    build(tmp_path / "site")
    whole = (tmp_path / "site/cart/index.html").read_bytes()
    broken = theme(tmp_path, cart="{{ page.nothing }}")
    with pytest.raises(ThemeError):
        build(tmp_path / "site", shop=site(theme=str(broken)), theme_folder=broken)
    with pytest.raises(StorageError, match="cannot be written"):
        build(tmp_path / "site", pictures=[("ab12-320.webp", tmp_path / "gone")])
    assert (tmp_path / "site/cart/index.html").read_bytes() == whole


def test_theme_files_stand_among_the_assets():
    assert list(published([("site.css", b"x")])) == [("assets/site.css", b"x")]


def stream(target, chunks, key="k", notes=None):
    """Build a site with a file that comes in pieces, remembered under a key."""
    with new_folder(target) as new:
        printing = Printing(site(), load_theme(str(BARE)), new, 1)
        known = printing.reuse("feed.xml", key)
        if known is None:
            names = [printing.add_stream("feed.xml", chunks)]
            printing.note("feed.xml", key, {"files": names, **(notes or {})})
        assert printing.entry("feed.xml").size == len(printing.read("feed.xml"))
        assert printing.entry("other.xml") is None
        printing.note("other.xml", key, {})
        return printing.finish(), known


def test_a_file_that_comes_in_pieces_is_written_when_it_has_changed(tmp_path):
    assert stream(tmp_path / "site", [b"a", b"b"])[0].written == 1
    assert (tmp_path / "site/feed.xml").read_bytes() == b"ab"
    assert counts(stream(tmp_path / "site", [b"ab"], key="other")[0]) == (0, 1, 0, 1, 0)
    assert stream(tmp_path / "site", [b"c"], key="third")[0].written == 1
    assert (tmp_path / "site/feed.xml").read_bytes() == b"c"


def test_a_family_of_files_made_from_the_same_is_not_made_again(tmp_path):
    stream(tmp_path / "site", [b"ab"], notes={"said": 1})
    built, known = stream(tmp_path / "site", iter(()))
    assert (counts(built), known) == ((0, 1, 0, 1, 0), {"files": ["feed.xml"], "said": 1})


def test_a_family_that_is_not_whole_is_made_again(tmp_path):
    stream(tmp_path / "site", [b"ab"], notes={"files": ["feed.xml", "feed-2.xml"]})
    assert stream(tmp_path / "site", [b"ab"])[1] is None


def test_what_is_kept_beside_the_site_is_renewed_alone(tmp_path):
    def keep(data):
        with new_folder(tmp_path / "site") as new:
            printing = Printing(site(), load_theme(str(BARE)), new, 1)
            printing.add_files([("robots.txt", b"hi")])
            printing.keep(".shopwright/ledger", data)
            return printing.finish().written

    assert (keep([b"a", b"b"]), keep([b"ab"]), keep([b"abc"])) == (1, 0, 0)
    assert (tmp_path / "site/.shopwright/ledger").read_bytes() == b"abc"
    assert list(read_manifest(tmp_path / "site")) == ["robots.txt"]
