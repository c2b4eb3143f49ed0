from hypothesis import given
from hypothesis import strategies as st

from shopwright.seo.redirects import Move, flatten, redirect_lines, split_shadows

PATHS = st.sampled_from([f"/{letter}/" for letter in "abcdefgh"])
MOVES = st.dictionaries(
    PATHS,
    st.builds(Move, st.one_of(st.none(), PATHS, st.just("https://else.example/")), st.sampled_from([301, 302, 308])),
)
LIVE = st.sets(PATHS)


def test_a_chain_leads_straight_to_its_end():
    moves = {"/a/": Move("/b/"), "/b/": Move("/c/"), "/c/": Move("/home/#top")}
    flat = flatten(moves, {"/home/"})
    assert flat.moves == {"/a/": Move("/home/#top"), "/b/": Move("/home/#top"), "/c/": Move("/home/#top")}
    assert (flat.loops, flat.shadows, flat.dead) == ((), (), ())


def test_what_leads_to_what_is_gone_is_gone():
    assert flatten({"/a/": Move("/b/"), "/b/": Move(None)}, set()).moves == {"/a/": Move(None), "/b/": Move(None)}


def test_a_chain_with_a_temporary_step_is_temporary():
    moves = {"/a/": Move("/b/", 301), "/b/": Move("/c/", 302), "/d/": Move("/b/", 308), "/e/": Move("/f/", 302)}
    flat = flatten({**moves, "/f/": Move("/c/", 301)}, {"/c/"})
    assert {source: move.status for source, move in flat.moves.items()} == {
        "/a/": 302, "/b/": 302, "/d/": 302, "/e/": 302, "/f/": 301,
    }  # fmt: skip


def test_loops_are_left_out_whole_and_with_what_leads_into_them():
    flat = flatten({"/a/": Move("/b/"), "/b/": Move("/a/"), "/c/": Move("/c/"), "/d/": Move("/a/")}, set())
    assert flat.moves == {}
    assert flat.loops == ("/a/", "/b/", "/c/", "/d/")


def test_a_live_page_is_never_in_the_shade():
    flat = flatten({"/a/": Move("/b/"), "/b": Move("/a/"), "/x": Move("/b/")}, {"/a/", "/b/"})
    assert flat.shadows == ("/a/", "/b")
    assert flat.moves == {"/x": Move("/b/")}


def test_a_path_where_nothing_is_is_no_target():
    flat = flatten({"/a/": Move("/nowhere/?x=1"), "/b/": Move("https://else.example/")}, set())
    assert flat.dead == ("/a/",)
    assert flat.moves == {"/b/": Move("https://else.example/")}


@given(MOVES, LIVE)
def test_flattened_moves_are_safe(moves, live):
    flat = flatten(moves, live)
    assert not set(flat.moves) & live
    for source, move in flat.moves.items():
        assert move.to is None or not move.to.startswith("/") or move.to in live
        assert move.to not in flat.moves
        assert moves[source].to is not None or move.to is None
    parted = [*flat.moves, *flat.loops, *flat.shadows, *flat.dead]
    assert sorted(parted) == sorted(moves)


@given(MOVES, LIVE)
def test_flattening_again_changes_nothing(moves, live):
    once = flatten(moves, live).moves
    assert flatten(once, live).moves == once


def test_patterns_that_hide_a_page_are_told_from_others():
    free, hidden = split_shadows(["/blog/*", "/products/*", "/z/*"], ["/products/luna/", "/"])
    assert (free, hidden) == (["/blog/*", "/z/*"], ["/products/*"])
    assert split_shadows([], ["/"]) == ([], [])


def test_lines_are_exact_paths_then_the_longest_pattern():
    moves = {"/b/*": Move("/"), "/b/long/*": Move(None), "/z/": Move("/", 302), "/a/": Move(None)}
    assert list(redirect_lines(moves, "/404.html")) == [
        "/a/ /404.html 410",
        "/z/ / 302",
        "/b/long/* /404.html 410",
        "/b/* / 301",
    ]


def test_a_long_chain_is_followed_once():
    class Counted(dict):
        asked = 0

        def __getitem__(self, key):
            Counted.asked += 1
            return super().__getitem__(key)

    moves = Counted({f"/{step}": Move(f"/{step + 1}") for step in range(2_000)})
    moves["/2000"] = Move(None)
    assert set(flatten(moves, set()).moves.values()) == {Move(None)}
    assert Counted.asked <= 4 * len(moves)
