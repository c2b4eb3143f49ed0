"""What is different between two releases."""

import dataclasses

from shopwright.storage.delivery import surrogate_key
from shopwright.storage.purge.changes import Changes, changes
from shopwright.storage.releases.release import Blob, Release, ReleaseFile


def file(letter, **headers):
    return ReleaseFile(Blob(letter * 64, 1), headers)


OLD = Release(
    "",
    {
        "index.html": file("a"),
        "de/index.html": file("b"),
        "old.html": file("c"),
        "assets/x.1.js": file("d"),
        "assets/logo.svg": file("e"),
    },
    ("/from/ /to/ 301",),
)


def changed(**values):
    return changes(OLD, dataclasses.replace(OLD, **values), "label")


def test_nothing():
    assert not changed()


def test_changed_came_and_went():
    files = {
        "index.html": file("z"),
        "de/index.html": file("b", A="1"),
        "new é.html": file("c"),
        "assets/x.2.js": file("d"),
        "assets/logo.svg": file("f"),
    }
    found = changed(files=files)
    paths = ["assets/logo.svg", "de/index.html", "index.html", "new é.html", "old.html"]
    assert found.addresses == ("/assets/logo.svg", "/de/", "/", "/new%20%C3%A9.html", "/old.html")
    assert found.keys == tuple(map(surrogate_key, paths))
    assert not found.everything


def test_redirects_count_by_where_they_begin():
    assert changed(redirects=("/from/ /other/ 301",)) == Changes("label", ("/from/",), (surrogate_key("from/"),))
    for wild in ("/a/* /b 301", "/:x/a /b 301"):
        assert changed(redirects=(*OLD.redirects, wild)).everything


def test_another_base_is_another_store():
    assert changed(base="/luna").everything
    assert bool(changed(base="/luna"))
