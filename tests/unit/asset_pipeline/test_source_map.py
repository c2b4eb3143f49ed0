"""Source maps, read back by a decoder written from the specification."""

import orjson
from hypothesis import given
from hypothesis import strategies as st

from shopwright.asset_pipeline.source_map import source_map

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
PIECES = st.lists(st.text("ab\né😀", max_size=60), min_size=1, max_size=8)


def numbers(segment):
    value = shift = 0
    for digit in map(DIGITS.index, segment):
        value |= (digit & 31) << shift
        shift += 5
        if not digit & 32:
            yield (value >> 1) * (-1 if value & 1 else 1)
            value = shift = 0


def places(mappings):
    """(generated line, generated column, source, line, column) of every segment."""
    source = line = column = 0
    for number, written in enumerate(mappings.split(";")):
        generated = 0
        for segment in filter(None, written.split(",")):
            step = list(numbers(segment))
            generated, source, line, column = generated + step[0], source + step[1], line + step[2], column + step[3]
            yield number, generated, source, line, column


@given(PIECES)
def test_every_piece_is_found_where_it_begins(pieces):
    made = orjson.loads(source_map("site.js", [("a.js", b"")] * len(pieces), [piece.encode() for piece in pieces]))
    expected, before = [], ""
    for number, piece in enumerate(pieces):
        last = before.rpartition("\n")[2]
        expected.append((before.count("\n"), len(last.encode("utf-16-le")) // 2, number, 0, 0))
        before += piece
    assert list(places(made["mappings"])) == expected


def test_a_map_holds_the_sources():
    made = orjson.loads(source_map("site.1.css", [("t/a.css", b"a { b: c }"), ("t/b.css", b"\xff")], [b"a{b:c}", b""]))
    assert made["version"] == 3
    assert (made["file"], made["sources"]) == ("site.1.css", ["t/a.css", "t/b.css"])
    assert made["sourcesContent"] == ["a { b: c }", "\ufffd"]
