"""What a shopper sees on a page, read out of the browser."""

import json

from playwright.sync_api import Locator, Page

CART_KEY = "shopwright:cart:/"
_SHOWN_PICTURE = """stage => {
  const box = stage.getBoundingClientRect();
  const shown = [...stage.querySelectorAll("img")].filter((img) => {
    const { left, width, top, height } = img.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    return width && x > box.left && x < box.right && y > box.top && y < box.bottom;
  });
  return shown.map((img) => img.alt).join(" | ");
}"""
_FOCUS = """() => {
  const node = document.activeElement;
  const face = node.matches("input[type=radio], input[type=checkbox]") ? node.closest("label") : node;
  const around = [];
  for (let each = node; each; each = each.parentElement) around.push(each);
  const drawn = [...around, ...face.querySelectorAll("*")].some((each) =>
    [null, "::before", "::after"].some((part) => {
      const style = getComputedStyle(each, part);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    }));
  const box = node.getBoundingClientRect();
  const given = node.getAttribute("aria-label") ?? node.dataset.label;
  const name = given ?? node.labels?.[0]?.textContent ?? node.textContent;
  return { name: name.trim().replace(/\\s+/g, " "), tag: node.localName, drawn, type: node.type ?? "",
    seen: box.bottom > 0 && box.top < innerHeight };
}"""
_OVERFLOW = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((node) => {
    const { left, right } = node.getBoundingClientRect();
    return (right > root.clientWidth + 1 || left < -1) && getComputedStyle(node).position !== "fixed";
  });
  return wide.slice(0, 5).map((node) => node.outerHTML.slice(0, 120));
}"""


def shown_picture(page: Page) -> str:
    """The text of the picture that is on the product page's stage."""
    return page.locator("#stage").evaluate(_SHOWN_PICTURE)


def focus(page: Page) -> dict[str, object]:
    """What has the focus: its name, tag, whether an outline is ``drawn`` around it and it is ``seen`` on the screen."""
    return page.evaluate(_FOCUS)


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Press Tab until ``wanted`` has the focus, which must be seen at every step."""
    page.wait_for_load_state()
    for _ in range(most):
        page.keyboard.press("Tab")
        now = focus(page)
        if now["tag"] == "body":
            continue
        assert now["drawn"], f"no focus is seen on {now}"
        assert now["seen"], f"the focus is outside the screen on {now}"
        if wanted.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"{most} presses of Tab do not lead to {wanted}")


def overflow(page: Page) -> list[str]:
    """Elements that make the page wider than the screen; empty if it is not."""
    return page.evaluate(_OVERFLOW)


def cart_lines(page: Page) -> list[dict[str, object]]:
    """The lines of the cart as the browser keeps them."""
    return json.loads(page.evaluate("key => localStorage.getItem(key)", CART_KEY) or '{"lines": []}')["lines"]


def keep_cart(page: Page, text: str) -> None:
    """Put ``text`` where the browser keeps the cart."""
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [CART_KEY, text])
