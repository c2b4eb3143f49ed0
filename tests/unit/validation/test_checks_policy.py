"""The check of policies passes what is strict and names what is not."""

import base64
import hashlib

import pytest

from shopwright.validation.checkout import Checkout
from shopwright.validation.checks_policy import strict_policies

RULES = '{"prefetch":[]}'
HASH = base64.b64encode(hashlib.sha256(RULES.encode()).digest()).decode()
STRICT = (
    f"default-src 'none'; script-src 'self' 'sha256-{HASH}'; style-src 'self'; base-uri 'none'; "
    "require-trusted-types-for 'script'"
)
BODY = f'<script type="speculationrules">{RULES}</script><script type="application/json">1</script><script src="/a.js">'
FRAMES = "/*\n  Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\n"


@pytest.fixture
def checked(tmp_path):
    def go(policy=STRICT, body=BODY, headers=FRAMES):
        site = tmp_path / "example"
        site.mkdir()
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
        (site / "index.html").write_text(f"<!doctype html><head>{meta}</head>{body}")
        if headers:
            (site / "_headers").write_text(headers)
        checkout = Checkout(tmp_path, tmp_path)
        checkout.__dict__["example"] = site
        return strict_policies(checkout)

    return go


def test_a_strict_site_passes(checked):
    result = checked()
    assert (result.passed, result.figure) == (True, "1 of 1 pages, 1 inline scripts by hash")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"policy": ""}, "example/index.html: no policy"),
        ({"policy": STRICT.replace("'none'", "'self'", 1)}, "default-src is"),
        ({"policy": STRICT.replace("'self' 's", "'self' 'unsafe-inline' 's")}, "script-src allows 'unsafe-inline'"),
        ({"policy": STRICT + "; img-src *"}, "img-src allows *"),
        ({"policy": STRICT.replace(HASH, "x")}, "an inline script that its policy refuses"),
        ({"body": '<p onclick="x">'}, "onclick on p"),
        ({"body": '<p style="x">'}, "style on p"),
        ({"body": "<style>p{}</style>"}, "a style element"),
        ({"headers": ""}, "no header forbids frames"),
    ],
)
def test_what_is_not_strict_is_named(checked, given, said):
    result = checked(**given)
    assert not result.passed
    assert said in result.figure


def test_a_site_without_pages_proves_nothing(tmp_path):
    checkout = Checkout(tmp_path, tmp_path)
    checkout.__dict__["example"] = tmp_path
    assert not strict_policies(checkout).passed
