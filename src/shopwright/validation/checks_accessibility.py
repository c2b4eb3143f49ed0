"""The check of accessibility: colours of any seller, the statement, what axe, keys and narrow screens say."""

from itertools import product

from shopwright.browser_audit.audit import audit_in_browser
from shopwright.browser_audit.order import QUICK, BrowserOrder
from shopwright.browser_audit.toolbox import prepare_toolbox
from shopwright.catalog.store import Brand
from shopwright.generation.palette import DARK_PAGE, LIGHT_PAGE, brand_styles
from shopwright.seo.color_pairs import color_tokens, faint_pairs
from shopwright.settings import current_settings
from shopwright.validation.checkout import BUILD_DATE, Checkout
from shopwright.validation.registry import Result, check

LOCALES = ("", "de/", "ar/")
"""Where the pages of the example's languages stand."""
_STEPS = range(0, 256, 51)
_GROUND = f":root{{--page:light-dark({LIGHT_PAGE},{DARK_PAGE})}}"


@check("S3")
def accessibility(checkout: Checkout) -> Result:
    """No accent gives a palette that cannot be read, every language has its statement, a browser finds no violation."""
    accents = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in product(_STEPS, repeat=3)]
    faint = sum(1 for accent in accents if _is_faint(accent))
    stated = sum((checkout.example / f"{home}accessibility/index.html").is_file() for home in LOCALES)
    settings = current_settings()
    toolbox = prepare_toolbox(settings.cache, settings.chromium, lambda _step: None)
    tools = frozenset({"axe", "keyboard", "layout"})
    order = BrowserOrder(checkout.example, BUILD_DATE, depth=QUICK, tools=tools)
    report = audit_in_browser(order, toolbox, lambda _step: None)
    looked = sum(report.looked.values())
    figure = (
        f"{len(report.findings)} findings of {', '.join(sorted(tools))} in {looked:,} looks; {faint} of {len(accents)} "
        f"accents too faint; {stated} of {len(LOCALES)} statements"
    )
    return Result(figure, passed=not report.findings and not faint and stated == len(LOCALES) and looked > 0)


def _is_faint(accent: str) -> bool:
    return any(faint_pairs(color_tokens(brand_styles(Brand(accent=accent)) + _GROUND)))
