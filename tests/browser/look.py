"""Screenshots of every page type of a built store: ``python -m tests.browser.look SITE OUT`` (docs/how-to)."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page
from tests.browser.chromium import DEVICES, Watch, chromium
from tests.browser.conftest import served

SCHEMES = ("light", "dark")
_ALL_PICTURES = """async () => {
  for (const picture of document.images) picture.loading = "eager";
  const seen = [...document.images].filter((each) => each.offsetParent);
  await Promise.all(seen.map((each) => each.decode().catch(() => {})));
  await document.fonts.ready;
}"""


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a store. ``language`` is the folder of the language, empty for the store's own."""

    device: str
    scheme: str
    language: str

    def __str__(self) -> str:
        return "-".join((self.device, self.scheme, self.language or "own"))


def pages(page: Page, home: str) -> Iterator[str]:
    """Open one page of each type in turn; gives its name each time."""
    page.goto(home)
    yield "home"
    page.goto(f"{home}no-such-page/")
    yield "not-found"
    for name in ("collections", "about", "imprint", "policies/shipping", "accessibility", "cart"):
        page.goto(f"{home}{name}/")
        yield name.replace("/", "-")
    page.goto(f"{home}collections/all/")
    yield "collection"
    yield from _filtered(page)
    product = page.locator("#products .card a, #results .card a").first
    title, address = product.text_content(), product.get_attribute("href")
    page.goto(f"{home}search/?q={title}")
    page.locator("#results .card").first.wait_for()
    yield "search"
    page.goto(address)
    yield "product"
    page.locator("#add").click()
    page.goto(f"{home}cart/")
    yield "cart-filled"


def _filtered(page: Page) -> Iterator[str]:
    opener = page.locator("#filter-open")
    if not opener.count():
        return
    if opener.is_visible():
        opener.click()
    page.locator("#filters label:has(input[type=checkbox])").first.click()
    page.locator("#results .card").first.wait_for()
    if opener.is_visible():
        yield "collection-filtering"
        page.locator("#filter-show").click()
    yield "collection-filtered"


def take(browser: Browser, origin: str, look: Look, folder: Path) -> list[str]:
    """Write a picture of each page type into ``folder``; gives what went wrong on the pages."""
    options = {"color_scheme": look.scheme, "reduced_motion": "reduce", "base_url": origin}
    with browser.new_context(**options, **DEVICES[look.device]) as context:
        watch = Watch(context, origin)
        home = f"/{look.language}/" if look.language else "/"
        watch.missing = (f"{home}no-such-page/",)
        page = context.new_page()
        for name in pages(page, home):
            page.evaluate(_ALL_PICTURES)
            page.screenshot(path=folder / f"{name}-{look}.jpg", full_page=True, type="jpeg", quality=80)
        return watch.problems


def main() -> None:
    """Take the pictures; print how many, and what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="a folder made by shopwright build")
    parser.add_argument("out", type=Path, help="the folder for the pictures")
    parser.add_argument(
        "--languages", nargs="*", default=["", "ar"], help="folders of languages; '' is the store's own"
    )
    parser.add_argument("--devices", nargs="*", default=list(DEVICES), choices=DEVICES)
    parser.add_argument("--schemes", nargs="*", default=SCHEMES, choices=SCHEMES)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    languages = [name for name in given.languages if not name or (given.site / name).is_dir()]
    with served(given.site) as origin, chromium() as browser:
        for look in (Look(*way) for way in product(given.devices, given.schemes, languages)):
            for problem in take(browser, origin, look, given.out):
                print(f"{look}: {problem}")
    print(f"{len(list(given.out.glob('*.jpg')))} pictures in {given.out}")


if __name__ == "__main__":
    main()
