import pytest

from shopwright.template_engine.contexts.attributes import Use, refusing_rule, use_of


@pytest.mark.parametrize(
    ("element", "attribute", "use"),
    [
        ("p", "title", Use.TEXT),
        ("p", "data-x", Use.TEXT),
        ("p", "aria-label", Use.TEXT),
        ("path", "d", Use.TEXT),
        ("a", "href", Use.ADDRESS),
        ("img", "src", Use.ADDRESS),
        ("button", "formaction", Use.ADDRESS),
        ("image", "xlink:href", Use.ADDRESS),
        ("script", "src", Use.FILE),
        ("link", "href", Use.FILE),
        ("use", "href", Use.FILE),
        ("use", "xlink:href", Use.FILE),
        ("p", "id", Use.NAME),
        ("input", "name", Use.NAME),
        ("meta", "name", Use.FIXED),
        ("meta", "content", Use.TEXT),
        ("a", "target", Use.FIXED),
        ("img", "srcset", Use.FIXED),
        ("p", "hx-get", Use.FIXED),
        ("p", "unknown", Use.FIXED),
    ],
)
def test_what_a_value_is_for(element, attribute, use):
    assert use_of(element, attribute) is use


def test_attributes_that_no_template_may_have():
    assert refusing_rule("onclick") == refusing_rule("on") == "event-handler"
    assert refusing_rule("style") == "style"
    assert refusing_rule("srcdoc") == "frame"
    assert refusing_rule("http-equiv") == "meta"
    assert refusing_rule("title") is None
