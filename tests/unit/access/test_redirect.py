from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shopwright.access.redirect import safe_target

OURS = "https://console.example.org/sign-in"


@pytest.mark.parametrize(
    "target", ["/", "/stores", "/stores/luna?page=2&of=a/b", "/a#b", "/a?next=https://x.example//y"]
)
def test_a_path_of_ours_is_taken(target):
    assert safe_target(target) == target


@pytest.mark.parametrize(
    "target",
    [
        *("", "stores", "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example"),
        *("\\\\evil.example", "/\t/evil.example", "/\n/evil.example", " /x", "javascript:alert(1)", "/a//b"),
        *("/%0d%0aSet-Cookie: a=b ", "/é", "/" + "x" * 2_000, "http:/evil.example", "/.//evil.example"),
    ],
)
def test_everything_else_leads_to_the_usual_place(target):
    assert safe_target(target, "/home") == "/home"


@given(st.text(alphabet="/\\.:ae@?#%0d9\t\n x", max_size=12))
@example("/\\/evil.example")
@example("/a/..//evil.example")
def test_nothing_leads_to_another_host(target):
    """As browsers read it, which take `\\` for `/` and leave out tabs and ends of lines."""
    seen = safe_target(target).replace("\\", "/").replace("\t", "").replace("\n", "")
    assert urlsplit(urljoin(OURS, seen)).netloc == "console.example.org"
