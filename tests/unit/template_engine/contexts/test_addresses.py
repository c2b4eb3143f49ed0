import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.template_engine.contexts.addresses import (
    MOST_SAID,
    is_address_name,
    is_site_address,
    is_whole_address,
    say_address,
    say_file,
    say_name,
)
from shopwright.template_engine.contexts.spot import Phase
from shopwright.template_engine.functions import URL_SCHEMES

START, PARTIAL, OPEN, CLOSED = Phase.START, Phase.PARTIAL, Phase.OPEN, Phase.CLOSED


def test_names_of_addresses():
    assert [name for name in ("url", "data_url", "urls", "curl", "url_", "") if is_address_name(name)] == [
        "url",
        "data_url",
    ]
    assert is_site_address("site", "home")
    assert not is_site_address("site", "name")
    assert not is_site_address("shop", "home")


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("", START),
        *((text, OPEN) for text in ("#", "?q=", "./", "../", "/p", "/p/", "a/", "a?", "a#", "mailto:", "TEL:", "/?q=")),
        *((text, OPEN) for text in ("https://a.example/", "http://a.example:80?", "HTTPS://a.example#")),
        *((text, PARTIAL) for text in ("/", "a", "java", ".", "..", "https", "https:", "https:/", "https://")),
        *((text, PARTIAL) for text in ("https://a.example", "http://a.example:80", "index.html", "mail")),
    ],
)
def test_how_far_an_address_is_said(text, phase):
    assert say_address(START, "", text)[0] is phase
    assert is_whole_address(text)


@pytest.mark.parametrize(
    "text",
    [
        *("javascript:", "javascript:alert(1)", "JavaScript:", "data:text/html,", "vbscript:x", "x:", ":", "blob:a"),
        *(
            "//",
            "//evil.example/",
            "/\\evil.example",
            "\\\\evil",
            "/\t/evil.example",
            "/&Tab;/evil",
            " javascript:",
            " /a",
        ),
        *("java&#115;cript:", "java\tscript:", "https:///evil.example", "https:a", "https://a b/", "https://a@b/"),
        *("\x01javascript:", "&", "%6a", "a:b", "a" * (MOST_SAID + 1)),
    ],
)
def test_what_no_address_may_begin_with(text):
    assert say_address(START, "", text) is None
    assert not is_whole_address(text)


def test_an_address_is_said_in_pieces():
    assert say_address(PARTIAL, "/", "p") == (OPEN, "")
    assert say_address(PARTIAL, "/", "/evil.example") is None
    assert say_address(PARTIAL, "java", "script:") is None
    assert say_address(PARTIAL, "https:", "//a.example/") == (OPEN, "")
    assert say_address(OPEN, "", "javascript:") == (OPEN, "")
    assert (
        say_address(CLOSED, "", "?q=") == say_address(CLOSED, "", "&q=") == say_address(CLOSED, "", "#") == (OPEN, "")
    )
    assert say_address(CLOSED, "", "/x") is None
    assert say_address(CLOSED, "", "") == (CLOSED, "")


PARTS = st.text(st.sampled_from("jav:/?#.&\\ \t\nhtpsmilo@%1-"), max_size=12)


@given(PARTS | st.sampled_from(["https://a.b/", "mailto:", "tel:", "/a", "./"]), PARTS)
def test_what_may_be_followed_by_anything_leads_nowhere_else(text, rest):
    """As the URL Standard reads an address: blanks around it and tabs and line ends in it do not count."""
    said = say_address(START, "", text)
    if said is None or said[0] is not OPEN:
        return
    address = re.sub(r"[\t\n\r]", "", (text + rest).strip("\x00 \t\n\r"))
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", address)
    assert scheme is None or scheme[1].lower() in URL_SCHEMES
    assert not re.match(r"[/\\]{2}", address)


def test_a_file_is_one_of_this_site():
    assert say_file(START, "", "/a.js") == (PARTIAL, "/a")
    assert say_file(START, "", "/") == (PARTIAL, "/")
    assert say_file(START, "", "#icon") == (PARTIAL, "#i")
    assert say_file(START, "", "") == (START, "")
    assert say_file(PARTIAL, "/", "a.js") == (PARTIAL, "/a")
    assert say_file(PARTIAL, "/a", ".js") == (PARTIAL, "/a")
    assert say_file(PARTIAL, "/", "/evil.example") is None
    assert say_file(START, "", "https://evil.example/a.js") is None
    assert say_file(START, "", "a.js") is None
    assert say_file(CLOSED, "", "?v=1") == (CLOSED, "")
    assert say_file(CLOSED, "", ".js") is None


def test_a_name_begins_with_a_word_and_a_hyphen():
    assert say_name(START, "", "") == (START, "")
    assert say_name(START, "", "part-") == (OPEN, "")
    assert say_name(START, "", "part") == (PARTIAL, "t")
    assert say_name(PARTIAL, "t", "-") == (OPEN, "")
    assert say_name(START, "", "-") == (PARTIAL, "-")
    assert say_name(OPEN, "", "x") == (OPEN, "")
