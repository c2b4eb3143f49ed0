import orjson
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.generation.records import editions, product, variant

from shopwright.generation.ledger import NAME, Thing, ledger_lines, parse_thing, placed, product_thing, read_ledger

PATH = st.sampled_from(["/products/a/", "/de/products/b/", "/%D9%86/", "/x.html"])
TEXT = st.text(max_size=8)
THINGS = st.builds(
    Thing,
    kind=st.sampled_from(["product", "collection", "page"]),
    handle=TEXT,
    places=st.dictionaries(TEXT, st.lists(PATH, min_size=1, max_size=3).map(tuple), max_size=3),
    marks=st.lists(TEXT, max_size=2).map(tuple),
    former=st.dictionaries(PATH, st.tuples(TEXT, TEXT), max_size=2),
    collection=st.none() | st.just("round"),
    gone=st.none() | st.just("2026-11-23"),
    successor=st.none() | st.just("sol"),
)


def keep(folder, lines):
    """A ledger in a site's folder."""
    (folder / NAME).parent.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_bytes(b"".join(lines))
    return folder


def test_a_product_by_its_addresses_and_marks():
    record = product(
        "luna",
        collections=["round", "new"],
        variants=[variant("black", sku="L1", gtin="4006381333931"), variant("red", sku="L1")],
    )
    thing = product_thing(record, editions(), {"en": "luna", "de": "mond-نور"})
    assert thing == Thing(
        "product",
        "luna",
        {"en": ("/products/luna/",), "de": ("/de/products/mond-%D9%86%D9%88%D8%B1/",)},
        ("sku:L1", "gtin:4006381333931"),
        "round",
    )


def test_paths_are_those_below_the_stores_own_address():
    thing = placed("page", "cart", {"en": ["/shop/cart/"]}, "/shop")
    assert thing.places == {"en": ("/cart/",)}


@settings(max_examples=60)
@given(THINGS)
def test_a_line_is_read_back_as_it_was(thing):
    assert parse_thing(thing.line()) == thing
    assert parse_thing(thing.line()).line() == thing.line()


@settings(max_examples=60)
@given(st.binary(max_size=60) | st.recursive(st.none() | st.text() | st.integers(0, 9), st.lists).map(orjson.dumps))
def test_a_damaged_line_says_nothing(line):
    assert parse_thing(line) is None


def test_a_path_that_could_not_stand_in_a_rule_damages_its_line():
    for path in ("products/", "/a b/", "/a\n/", "/ü/", "/*", "/a?x", "/:x/"):
        assert parse_thing(Thing("page", "x", {"en": (path,)}).line()) is None


def test_names_are_texts():
    for name in ("collection", "gone", "successor"):
        line = orjson.dumps({"kind": "page", "handle": "x", "places": {}, name: 7})
        assert parse_thing(line) is None


def test_a_ledger_is_read_back(tmp_path):
    things = [Thing("page", "home", {"en": ("/",)}), Thing("product", "luna", {"en": ("/products/luna/",)})]
    lines = list(ledger_lines(things))
    assert list(read_ledger(keep(tmp_path, [*lines, b"no json\n"]))) == things


def test_without_a_ledger_of_this_version_nothing_is_known(tmp_path):
    assert list(read_ledger(tmp_path)) == []
    assert list(read_ledger(keep(tmp_path, [b'{"shopwright":99}\n', Thing("page", "x", {}).line()]))) == []
    assert list(read_ledger(keep(tmp_path, [b"\xff\xff"]))) == []
    assert list(read_ledger(keep(tmp_path, []))) == []


def test_a_thing_remembers_where_it_stood():
    before = Thing("product", "luna", {"en": ("/old/",), "de": ("/de/x/",)}, former={"/older/": ("en", "2026-01-01")})
    now = Thing("product", "luna", {"en": ("/new/",), "de": ("/de/x/",)})
    moved = now.moved_on(before, "2026-11-23")
    assert moved.former == {"/old/": ("en", "2026-11-23"), "/older/": ("en", "2026-01-01")}
    assert dict(moved.all_paths()) == {"/new/": "en", "/de/x/": "de", "/old/": "en", "/older/": "en"}
    back = Thing("product", "luna", {"en": ("/old/",), "de": ("/de/x/",)}).moved_on(moved, "2026-12-01")
    assert back.former == {"/new/": ("en", "2026-12-01"), "/older/": ("en", "2026-01-01")}


def test_a_thing_that_stayed_is_the_same():
    now = Thing("product", "luna", {"en": ("/new/",)})
    assert now.moved_on(now, "2026-11-23") is now
