import pytest

from shopwright.seo.gate.text_rules import broken_by_text, is_plain


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("A & B, R&D, &nbsp; &auml; &#8364; &#x20AC;", []),
        ("&nosuch;", ["bad-reference"]),
        ("&copy 2026", ["bad-reference"]),
        ("&#65", ["bad-reference"]),
        ("&#xD800;", ["bad-reference"]),
        ("&#;", ["bad-reference"]),
        ("&amp;lt;b&amp;gt;", ["double-escape"]),
        ("a\x01b", ["control-character"]),
        ("{{ title }}", ["template-leftover"]),
        ("{% if %}", ["template-leftover"]),
        ("undefined", ["no-value"]),
        ("Price: NaN", ["no-value"]),
        ("€None", ["no-value"]),
        ("[object Object]", ["no-value"]),
        ("None", []),
        ("The value undefined is a word of many languages", []),
    ],
)
def test_texts(text, rules):
    assert [rule for rule, _ in broken_by_text(text)] == rules
    assert rules == [] or not is_plain(text)
    assert is_plain("A plain text of 12,50 €")
