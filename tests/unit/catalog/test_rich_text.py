import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from shopwright.catalog.rich_text import RichText, merchant_html, paragraphs, plain_text, sanitise

ALLOWED = re.compile(r"</?(?:p|strong|em|ul|ol|li)>|<br>")
PIECES = (
    "<p> </p> <b> <script> </script> <img/src=x/onerror=a()> <svg/onload=a()> <!-- <div> <a/href='javascript:a()'> "
    '&lt; <p " <li> <iframe> \n\n'
)
HTML = st.lists(st.sampled_from(PIECES.split(" ")) | st.text(max_size=3), max_size=12).map("".join)


@given(HTML)
def test_only_the_allowed_tags_remain_and_nothing_changes_the_second_time(html):
    for made in (sanitise(html), merchant_html(html)):
        assert "<" not in ALLOWED.sub("", made)
        assert sanitise(str(made)) == made


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<meta charset='utf-8'><div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<h2 style='color:red'>Head</h2>\n<p>x", "<p>Head</p><p>x</p>"),
        ("<p></p><p>&nbsp;</p>x<iframe src=x>y</iframe>", "x"),
        ("a < b & c\n\nnext\nline", "<p>a &lt; b &amp; c</p><p>next<br>line</p>"),
        ("<p>a<b>b</b><i>c</i></p>", "<p>a<strong>b</strong><em>c</em></p>"),
        ("", ""),
    ],
)
def test_merchant_html(html, made):
    assert merchant_html(html) == made


def test_plain_text_keeps_the_words_and_parts_the_blocks():
    assert plain_text("<p>a &amp; <b>b</b></p><ul><li>c</li><li>d</li></ul><script>x</script>") == "a & b\nc\nd"


def test_paragraphs_escape_what_they_are_given():
    assert paragraphs("a <b>\nc\n\n \n\nd") == "<p>a &lt;b&gt;<br>c</p><p>d</p>"


def test_validation_sanitises_and_the_schema_says_it_is_html():
    adapter = TypeAdapter(RichText)
    assert adapter.validate_python("<p onclick=x>a</p>") == "<p>a</p>"
    assert adapter.json_schema() == {"type": "string", "maxLength": 200_000, "contentMediaType": "text/html"}
