from contextlib import closing

import pytest

from shopwright.catalog.versions.line import digest_of
from shopwright.catalog.versions.revision import Kind
from shopwright.catalog.versions.sequence import GAP
from shopwright.catalog.versions.stage import Present, Stage


@pytest.fixture
def stage(tmp_path):
    with closing(Stage(tmp_path)) as stage:
        yield stage


def add(stage, *keys, kind=Kind.PRODUCT):
    for key in keys:
        stage.add(kind, key, key.encode(), {"title": key})


def present(key, place, *, line=None, kind=Kind.PRODUCT):
    return Present(kind, key, digest_of((line or key).encode()), place)


def test_an_empty_store_gets_everything_in_order(stage):
    add(stage, "b", "a")
    stage.settle(partial=False)
    written = [(each.key, each.place, each.line, each.facts) for each in stage.incoming(Kind.PRODUCT)]
    assert written == [("b", GAP, b"b", {"title": "b"}), ("a", 2 * GAP, b"a", {"title": "a"})]
    assert stage.compared() == (2, 0, 0)
    assert stage.count(Kind.PRODUCT) == 2


def test_what_is_the_same_is_not_written(stage):
    add(stage, "a", "b")
    stage.remember([present("a", GAP), present("b", 2 * GAP)])
    stage.settle(partial=False)
    assert list(stage.incoming(Kind.PRODUCT)) == []
    assert stage.compared() == (0, 0, 0)


def test_what_differs_replaces_and_keeps_its_place(stage):
    add(stage, "a", "b")
    stage.remember([present("a", GAP, line="old"), present("b", 2 * GAP)])
    stage.settle(partial=False)
    assert [(each.key, each.place) for each in stage.incoming(Kind.PRODUCT)] == [("a", GAP)]


def test_what_moved_gets_a_new_place_and_nothing_else_does(stage):
    add(stage, "b", "c", "a")
    stage.remember([present("a", GAP), present("b", 2 * GAP), present("c", 3 * GAP)])
    stage.settle(partial=False)
    assert [(each.key, each.place) for each in stage.incoming(Kind.PRODUCT)] == [("a", 4 * GAP)]


def test_what_is_not_named_any_more_is_gone(stage):
    add(stage, "a")
    stage.remember([present("a", GAP), present("b", 2 * GAP)])
    assert list(stage.gone(Kind.PRODUCT)) == ["b"]
    stage.settle(partial=False)
    assert stage.compared() == (0, 0, 1)


def test_a_part_leaves_places_alone_and_comes_last(stage):
    add(stage, "new", "c", "a")
    stage.remember([present("a", GAP), present("b", 2 * GAP), present("c", 3 * GAP, line="old")])
    stage.settle(partial=True)
    assert [(each.key, each.place) for each in stage.incoming(Kind.PRODUCT)] == [("new", 4 * GAP), ("c", 3 * GAP)]
    assert list(stage.gone(Kind.PRODUCT)) == []
    assert stage.compared() == (1, 1, 0)


def test_in_a_part_what_yields_does_not_replace(stage):
    stage.add(Kind.COLLECTION, "a", b"bare", {}, yields=True)
    stage.add(Kind.COLLECTION, "b", b"bare", {}, yields=True)
    stage.remember([present("a", GAP, kind=Kind.COLLECTION)])
    stage.settle(partial=True)
    assert [each.key for each in stage.incoming(Kind.COLLECTION)] == ["b"]


def test_kinds_do_not_mix(stage):
    add(stage, "a")
    add(stage, "a", kind=Kind.COLLECTION)
    stage.remember([present("a", GAP, kind=Kind.COLLECTION)])
    stage.settle(partial=False)
    assert [each.key for each in stage.incoming(Kind.PRODUCT)] == ["a"]
    assert list(stage.incoming(Kind.COLLECTION)) == []
    assert (stage.count(Kind.COLLECTION), stage.count(Kind.PICTURE)) == (1, 0)


def test_the_first_of_a_key_counts(stage):
    stage.add(Kind.PRODUCT, "a", b"1", {})
    stage.add(Kind.PRODUCT, "a", b"2", {})
    stage.settle(partial=False)
    assert [each.line for each in stage.incoming(Kind.PRODUCT)] == [b"1"]


def test_the_digest_is_that_of_content_and_order(tmp_path):
    digests = []
    for number, keys in enumerate((("a", "b"), ("a", "b"), ("b", "a"), ("a",))):
        (tmp_path / str(number)).mkdir()
        with closing(Stage(tmp_path / str(number))) as stage:
            add(stage, *keys)
            digests.append(stage.digest())
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3
