"""Pages hold together on small screens, with widened text, and under a finger (WCAG 1.4.10, 1.4.12, 2.5.8, 2.3.3)."""

from tests.browser.reading import overflow
from tests.browser.test_cart import add

ADDRESSES = (
    *("/", "/collections/", "/collections/all/", "/collections/sale/#shape=round", "/products/copse/"),
    *("/products/ashcombe/", "/search/?q=titanium", "/cart/", "/about/", "/policies/shipping/", "/accessibility/"),
    *("/de/products/foxglove/", "/de/collections/all/", "/de/accessibility/", "/de/offline.html"),
    *("/ar/", "/ar/products/copse/", "/no-such-page/"),
)
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
_CLIPPED = """() => [...document.querySelectorAll("a, button, label, summary, legend, h1, h2, h3, .price, dt, dd")]
  .filter((node) => {
    const style = getComputedStyle(node);
    const cut = [style.overflowX, style.overflowY].some((how) => how === "hidden" || how === "clip");
    const wide = node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
    return cut && wide && node.checkVisibility() && !node.closest(".hidden, .skip");
  }).map((node) => node.outerHTML.slice(0, 100))"""
_SMALL = """() => {
  const inline = (node) => getComputedStyle(node).display === "inline";
  const wanted = "a, button, input, select, summary, [tabindex='0']";
  const box = (node) => (node.closest("label") ?? node).getBoundingClientRect();
  return [...document.querySelectorAll(wanted)]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".hidden, .skip"))
    .filter((node) => !(inline(node) && node.closest("p, li, dd, address, td")))
    .filter((node) => box(node).width < 24 || box(node).height < 24)
    .map((node) => `${box(node).width.toFixed()}×${box(node).height.toFixed()} ${node.outerHTML.slice(0, 90)}`);
}"""

_MOVING = """() => {
  const longest = (text) => Math.max(...text.split(",").map(parseFloat));
  return [...document.querySelectorAll("*")].filter((node) => {
    const style = getComputedStyle(node);
    const fading = /^((background-color|color|opacity|border-color|display|overlay)(, |$))+$/;
    const fades = fading.test(style.transitionProperty);
    const slides = longest(style.transitionDuration) > 0.01 && !fades;
    const moves = style.animationName !== "none" && longest(style.animationDuration) > 0.01;
    return slides || moves || style.scrollBehavior === "smooth";
  }).map((node) => `${getComputedStyle(node).transition} ${node.outerHTML.slice(0, 80)}`);
}"""


def visit(page, look) -> dict[str, object]:
    """What ``look`` finds at each address that has something to find; the cart is filled."""
    page.watch.missing = ("/no-such-page/",)
    add(page, "copse")
    found = {}
    for address in ADDRESSES:
        page.goto(address)
        found[address] = look(page)
    return {address: what for address, what in found.items() if what}


def test_pages_fit_every_width_and_what_is_pressed_is_large_enough(page):
    """No page scrolls sideways, and targets measure 24 by 24 pixels at least, if they do not stand in a sentence."""

    def fits(page):
        found = {}
        for width in (320, 390, 768, 1024, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            found[width] = overflow(page) + page.evaluate(_SMALL)
        return {width: what for width, what in found.items() if what}

    assert visit(page, fits) == {}


def test_wider_text_is_not_clipped(enter, shop):
    page = enter(shop, "phone", bypass_csp=True)

    def spaced(page):
        page.add_style_tag(content=SPACING)
        return overflow(page) + page.evaluate(_CLIPPED)

    assert visit(page, spaced) == {}


def test_pages_hold_still_for_those_who_ask(enter, shop):
    """With reduced motion nothing slides; colours may fade."""
    page = enter(shop)
    moving = {}
    for address in ("/", "/collections/all/", "/products/copse/", "/cart/"):
        page.goto(address)
        moving[address] = page.evaluate(_MOVING)
    assert {address: found for address, found in moving.items() if found} == {}
