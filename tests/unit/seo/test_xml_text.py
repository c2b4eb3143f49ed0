from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from shopwright.seo.xml_text import cut, elements, text


@given(st.text())
def test_any_text_stands_in_xml(value):
    read = ET.fromstring(f"<a>{text(value)}</a>").text or ""
    kept = [letter for letter in value if letter in "\t\n\r" or (ord(letter) >= 32 and letter not in "\ufffe\uffff")]
    assert read.replace("\r\n", "\n").replace("\r", "\n") == "".join(kept).replace("\r\n", "\n").replace("\r", "\n")


def test_elements_hold_text_or_others():
    assert elements([("a", "x<y"), ("b", [("c", "1"), ("d", "2")])]) == "<a>x&lt;y</a><b><c>1</c><d>2</d></b>"


@given(st.text(), st.integers(2, 40))
def test_cut_text_is_never_longer_and_begins_like_the_whole(value, length):
    made = cut(value, length)
    assert len(made) <= length
    whole = " ".join(value.split())
    assert made == whole or (made.endswith("…") and whole.startswith(made[:-1]))


def test_text_is_cut_between_words():
    assert cut("round frames of acetate", 15) == "round frames…"
    assert cut("unbreakable", 5) == "unbr…"
    assert cut("  two   words ", 20) == "two words"
