"""The ``_headers`` file of a site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import StorageError
from shopwright.storage import header_rules
from shopwright.storage.header_rules import OWN, parse_headers

EXAMPLE = """
# everywhere
/*
  X-Frame-Options: DENY
  Content-Security-Policy: default-src 'none'; img-src 'self' https://cdn.example

/assets/*
  ! X-Frame-Options
  Cache-Control: public, max-age=31536000, immutable

/:locale/products/:handle/
\tLink: </:locale/products/:handle/>; rel="canonical", <:nothing>
/sw.js
  Cache-Control: no-cache
  # inside
  Cache-Control: no-transform
"""


def test_every_rule_that_means_a_path_applies():
    rules = parse_headers(EXAMPLE)
    policy = "default-src 'none'; img-src 'self' https://cdn.example"
    assert len(rules) == 4
    assert rules.apply("/about/", {}) == {"X-Frame-Options": "DENY", "Content-Security-Policy": policy}
    assert rules.apply("/assets/x.css", {"Cache-Control": "no-cache"}) == {
        "Content-Security-Policy": policy,
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    assert rules.apply("/sw.js", {"cache-control": "x"})["Cache-Control"] == "no-cache, no-transform"
    link = rules.apply("/de/products/luna/", {})["Link"]
    assert link == '</de/products/luna/>; rel="canonical", <:nothing>'


def test_a_header_taken_away_and_given_again_is_said_once():
    rules = parse_headers("/*\n  A: 1\n/x\n  ! a\n  A: 2\n  B: 3\n  b: 4\n")
    assert rules.apply("/x", {"A": "0"}) == {"A": "2", "B": "3, 4"}
    assert rules.apply("/y", {"A": "0"}) == {"A": "1"}


def test_without_rules_the_defaults_stay():
    assert parse_headers("").apply("/x", {"A": "1"}) == {"A": "1"}
    assert parse_headers("\n# nothing\n\n").apply("/x", {}) == {}


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("  A: 1", "line 1", "before the first path"),
        ("\nassets/*\n", "line 2", "begins with /"),
        ("/x\n  no colon", "line 2", "the form Name: value"),
        ("/x\n  A:", "line 2", "is empty"),
        ("/x\n  A: \x01", "line 2", "no header may hold"),
        ("/x\n  A: \u20ac", "line 2", "no header may hold"),
        ("/x\n  A B: 1", "line 2", "'A B' is no header name"),
        ("/x\n  : 1", "line 2", "'' is no header name"),
        ("/x\n  ! ", "line 2", "'' is no header name"),
        ("/x\n  A: 1\r2", "line 2", "no header may hold"),
    ],
)
def test_what_cannot_be_a_rule_names_its_line(text, where, what):
    with pytest.raises(StorageError, match=what) as refused:
        parse_headers(text)
    assert where in str(refused.value)


@pytest.mark.parametrize("name", sorted(OWN))
def test_what_only_the_server_can_say_is_refused(name):
    with pytest.raises(StorageError, match=f"{name} is for the server to say"):
        parse_headers(f"/*\n  {name}: 1")
    with pytest.raises(StorageError, match="is for the server to say"):
        parse_headers(f"/*\n  ! {name.title()}")


def test_windows_line_ends_are_line_ends():
    assert parse_headers("/*\r\n  A: 1\r\n").apply("/", {}) == {"A": "1"}


def test_what_a_visitor_asks_for_cannot_break_a_header():
    rules = parse_headers("/*\n  Link: <:splat>\n")
    assert rules.apply("/a\r\nSet-Cookie: x", {}) == {"Link": "<:splat>"}
    assert rules.apply("/", {}) == {"Link": "<:splat>"}


def test_size_is_bounded(monkeypatch):
    monkeypatch.setattr(header_rules, "MOST_BYTES", 20)
    with pytest.raises(StorageError, match="too large"):
        parse_headers("#" * 21)
    monkeypatch.setattr(header_rules, "MOST_LINES", 3)
    with pytest.raises(StorageError, match="too long"):
        parse_headers("\n\n\n\n")
    monkeypatch.setattr(header_rules, "MOST_LINE", 3)
    with pytest.raises(StorageError, match="line 1"):
        parse_headers("####")


@given(st.text(alphabet=st.sampled_from("/*:ab!# \t\n\rA-é\x00"), max_size=200), st.text(max_size=40))
def test_any_text_is_read_or_refused_and_gives_only_sendable_headers(text, path):
    try:
        rules = parse_headers(text)
    except StorageError:
        return
    for name, value in rules.apply("/" + path, {}).items():
        assert name.isascii()
        assert not {"\r", "\n", "\0"} & set(name + value)
        value.encode("latin-1")
