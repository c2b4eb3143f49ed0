"""Whatever a page says, it is inspected."""

import pytest

from shopwright.seo.gate.page import inspect

_DATA = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Product",%s}</script>'


@pytest.mark.parametrize(
    "html",
    [
        '<a href="//[x">a</a>',
        '<meta property="og:image" content="//[">',
        '<p tabindex="²">a</p>',
        f'<p tabindex="{"9" * 5_000}">a</p>',
        _DATA % '"":"x"',
        _DATA % '"offers":{"@type":"Offer","price":"1E9999999"}',
    ],
)
def test_is_inspected(html: str) -> None:
    assert inspect(html, "/", "https://x.example").findings
