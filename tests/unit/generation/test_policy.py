"""The Content-Security-Policy of generated pages."""

from selectolax.lexbor import LexborHTMLParser
from tests.unit.generation.records import site

from shopwright.generation.policy import content_security_policy


def rules(**settings):
    meta = LexborHTMLParser(str(content_security_policy(site(**settings)))).css_first("meta")
    assert meta.attributes["http-equiv"] == "Content-Security-Policy"
    return dict(rule.split(" ", maxsplit=1) for rule in meta.attributes["content"].split("; "))


def test_only_the_stores_own_files_and_no_inline_code():
    assert rules() == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def test_forms_may_go_to_the_checkout_and_pictures_come_from_where_they_are_linked():
    found = rules(
        checkout={"url": "https://pay.example:8443/cart?shop=1"},
        remote_pictures=("https://a.example", "https://b.example"),
    )
    assert found["form-action"] == "'self' https://pay.example:8443"
    assert found["img-src"] == "'self' https://a.example https://b.example"
    assert found["script-src"] == "'self'"
