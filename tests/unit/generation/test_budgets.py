"""Sizes on the wire, by kind of page."""

import random

import pytest

from shopwright.asset_pipeline.bundles import brotli_size
from shopwright.errors import ThemeError
from shopwright.generation.budgets import MOST_SCRIPT, MOST_STYLE, check_budgets, page_sizes


def noise(size):
    return random.Random(7).randbytes(size)


def test_a_page_loads_the_shared_script_and_its_own():
    bundles = {"site.css": b"c" * 50, "site.js": b"s" * 50, "cart.js": b"t" * 500}
    css, site, cart = map(brotli_size, bundles.values())
    assert page_sizes(bundles) == {"styles": css, "scripts": site, "scripts of cart pages": site + cart}


def test_a_theme_without_scripts_has_none():
    assert page_sizes({"site.css": b""}) == {"styles": brotli_size(b""), "scripts": 0}


@pytest.mark.parametrize(
    ("bundles", "what"),
    [
        ({"site.css": noise(MOST_STYLE + 1)}, "styles"),
        ({"site.js": noise(MOST_SCRIPT + 1)}, "scripts"),
        ({"site.js": noise(MOST_SCRIPT // 2), "cart.js": noise(MOST_SCRIPT // 2 + 99)}, "scripts of cart pages"),
    ],
)
def test_what_is_too_much_is_refused(bundles, what):
    with pytest.raises(ThemeError, match=f"^theme mine: the {what} are [0-9,]+ bytes compressed"):
        check_budgets(bundles, "mine")


def test_what_is_within_passes():
    check_budgets({"site.css": noise(MOST_STYLE - 99), "site.js": noise(MOST_SCRIPT - 99)}, "mine")
