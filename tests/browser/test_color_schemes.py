"""Light and dark: two backgrounds, and text that can be read on both (WCAG 1.4.3: 4.5 to 1)."""

from tests.browser.test_cart import add

_MEASURE = """wanted => {
  const scale = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    scale.clearRect(0, 0, 1, 1);
    scale.fillStyle = color;
    scale.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = scale.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((n) => top[n] * top[3] + under[n] * (1 - top[3])).concat(1);
  const paint = (node) => {  // where a gradient is painted, text stands on its first colour
    const { backgroundColor, backgroundImage } = getComputedStyle(node);
    return rgba(/^linear-gradient\\((\\w+\\([^)]*\\))/.exec(backgroundImage)?.[1] ?? backgroundColor);
  };
  const ground = (node) => {
    const layers = [];
    for (let each = node; each; each = each.parentElement) layers.push(paint(each));
    return layers.reverse().reduce((under, layer) => over(layer, under), rgba("Canvas"));
  };
  const light = (color) => {
    const [r, g, b] = color.map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  for (const node of document.querySelectorAll(wanted)) {
    const text = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    const seen = node.checkVisibility({ visibilityProperty: true }) && !node.closest(".hidden, [disabled], .skip");
    if (!text || !seen) continue;
    const back = ground(node);
    const [a, b] = [over(rgba(getComputedStyle(node).color), back), back].map(light);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${node.outerHTML.slice(0, 100)}`);
  }
  return found;
}"""
ADDRESSES = (
    *("/", "/collections/", "/collections/all/#shape=round", "/products/ashcombe/", "/products/hush/", "/cart/"),
    *("/search/?q=barley", "/accessibility/", "/no-such-page/"),
)
TEXT = "p, a, li, dt, dd, span, s, strong, h1, h2, h3, label, legend, button, summary, td, th, time, address, option"


def background(page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_dark_and_light_have_different_grounds(enter, shop):
    grounds = []
    for scheme in ("light", "dark"):
        page = enter(shop, color_scheme=scheme)
        page.goto("/")
        grounds.append(background(page))
    assert len(set(grounds)) == 2


def test_every_text_can_be_read(page):
    page.watch.missing = ("/no-such-page/",)
    add(page, "copse")
    unreadable = {}
    for address in ADDRESSES:
        page.goto(address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            unreadable[f"{address} {scheme}"] = page.evaluate(_MEASURE, TEXT)
    assert {place: found for place, found in unreadable.items() if found} == {}
