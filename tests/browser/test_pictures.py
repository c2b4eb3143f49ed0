"""Pictures as a browser loads them: the right file for every screen, early or late, and nothing moves as they come."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import pyvips
from playwright.sync_api import Route
from tests.browser.conftest import served
from tests.stores.small import NOW, product, write_source

from shopwright.generation.completion import EVERYTHING
from shopwright.generation.pipeline import Order, build_store

LINKED = "https://cdn.example/linked.jpg"
PAGES = ("/", "/collections/all/", "/products/luna/")

_LOADED = """() => [...document.images].filter((image) => image.currentSrc && image.clientWidth).map((image) => ({
  name: image.currentSrc, wanted: image.getBoundingClientRect().width * devicePixelRatio,
  slot: image.closest("picture").querySelector("source")?.srcset ?? "",
}))"""
_LOOKS = 200
"""For pictures that are asked for, 50 ms apart."""
_WATCH_SHIFTS = """() => { window.shifts = [];
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: "layout-shift" }); }"""
_ALL_COME = """async () => { const images = [...document.images];
  for (const image of images) { image.loading = "eager"; }
  await Promise.all(images.filter((image) => image.checkVisibility()).map((image) => image.decode().catch(() => {})));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); }"""


def photo(width: int, height: int) -> bytes:
    """Noise: every format is smaller than the one before it."""
    noise = pyvips.Image.gaussnoise(width // 8, height // 8, mean=128, sigma=30, seed=1).resize(8)
    image = noise.bandjoin([noise * 0.8, noise * 0.6]).cast("uchar").copy(interpretation="srgb")
    data: bytes = image.jpegsave_buffer(Q=92)
    return data


def build(out: Path, policy: str = "fetch") -> None:
    shots = [{"source": f"pictures/{name}.jpg", "alt": name} for name in ("wide", "tall")]
    linked = [{"source": LINKED, "alt": "Linked"}]
    products = [product("luna", pictures=linked if policy == "link" else shots)]
    products += [product(f"sol-{number}", pictures=shots) for number in range(3)]
    source = write_source(out.with_name(f"{out.name}-source"), products, locales=["en"])
    (source / "pictures" / "wide.jpg").write_bytes(photo(2_400, 1_600))
    (source / "pictures" / "tall.jpg").write_bytes(photo(1_200, 1_600))
    cache = out.with_name(f"{out.name}-cache")
    order = Order(source, out, NOW, cache, 2, theme="atelier", pictures=policy, rest_seconds=EVERYTHING)
    built = build_store(order, lambda _stage, _done: None)
    assert [fault for fault in built.faults if fault.severity == "error"] == []


@pytest.fixture(scope="session")
def picture_shop(build_once) -> Iterator[str]:
    """The origin of a shop of photos, all complete."""
    with served(build_once("pictures", build)) as origin:
        yield origin


@pytest.fixture(scope="session")
def linking_shop(build_once) -> Iterator[str]:
    """The origin of a shop with a product whose picture is only linked."""
    with served(build_once("linking", lambda out: build(out, "link"))) as origin:
        yield origin


def width_of(name: str) -> int:
    found = re.search(r"-(\d+)\.avif$", name)
    assert found, name
    return int(found[1])


@pytest.mark.parametrize("density", [1, 2])
@pytest.mark.parametrize("width", [320, 768, 1_024, 1_920])
def test_every_screen_loads_the_file_that_fits(enter, picture_shop, width, density):
    """The narrowest that is wide enough, by a tenth more or less; at double density Chromium itself may choose one that
    is nearer below than the next one is above."""
    loaded = []
    for address in PAGES:  # each in a new browser: Chromium prefers a file that it has already
        page = enter(picture_shop, viewport={"width": width, "height": 900}, device_scale_factor=density)
        page.goto(address)
        page.evaluate(_ALL_COME)
        loaded += page.evaluate(_LOADED)
    assert len(loaded) > 8
    widest = {}
    for image in loaded:
        widest[image["name"]] = max(widest.get(image["name"], 0), image["wanted"])
    for image in loaded:
        offered = [int(step) for step in re.findall(r" (\d+)w", image["slot"])]
        chosen = width_of(image["name"])
        assert offered in ([320, 768, 1_024, 1_920], [320, 768, 1_024, 1_200], [320, 768, 1_024])
        least = 0.9 if density == 1 else 0.7
        assert chosen >= image["wanted"] * least or chosen == offered[-1]
        narrower = [step for step in offered if step < chosen]
        assert not narrower or narrower[-1] < widest[image["name"]] * 1.1, image


def test_the_first_picture_comes_early_and_all_others_when_they_come_near(enter, picture_shop):
    page = enter(picture_shop)
    page.goto("/products/luna/")
    found = page.eval_on_selector_all(
        "main img",
        "images => images.map((i) => [i.fetchPriority, i.loading, i.matches('[width][height]')])",
    )
    assert found[0] == ["high", "auto", True]
    assert {tuple(each) for each in found[1:]} == {("auto", "lazy", True)}


def test_places_have_a_colour_before_pictures_come_without_script(enter, picture_shop):
    page = enter(picture_shop, java_script_enabled=False)
    page.route("**/assets/pictures/**", lambda route: route.abort("aborted"))
    page.goto("/collections/all/")
    styles = page.locator("main picture img").first.evaluate("image => getComputedStyle(image).backgroundColor")
    assert re.fullmatch(r"rgb\(\d+, \d+, \d+\)", styles)


@pytest.mark.parametrize("device", ["phone", "desktop"])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_moves_when_pictures_come(enter, picture_shop, device, address):
    assert shifts(enter(picture_shop, device), address) == []


def test_nothing_moves_when_a_linked_picture_comes(enter, linking_shop):
    """Nobody knows its size before it has come: it is fitted into the place it was given."""
    page = enter(linking_shop)
    page.watch.hosts = (LINKED,)
    assert shifts(page, "/collections/all/") == []
    assert page.locator(f'main img[src="{LINKED}"]').first.evaluate("image => image.naturalWidth") == 1_600


def shifts(page, address) -> list[float]:
    """Layout shifts while pictures come, which they do only when everything else is there."""
    held: list[Route] | None = []

    def come(route: Route) -> None:
        if "cdn.example" in route.request.url:
            route.fulfill(body=photo(1_600, 400), content_type="image/jpeg")
        else:
            route.continue_()

    def hold(route: Route) -> None:
        come(route) if held is None else held.append(route)

    page.route(re.compile(r"/assets/pictures/|cdn\.example"), hold)
    page.goto(address, wait_until="domcontentloaded")
    page.evaluate("() => document.fonts.ready.then(() => {})")
    page.evaluate(_WATCH_SHIFTS)
    for _ in range(_LOOKS):
        if held:
            break
        page.wait_for_timeout(50)  # a busy machine lays the page out late, and asks for its pictures then
    waiting, held = held, None
    assert waiting
    for route in waiting:
        come(route)
    page.evaluate(_ALL_COME)
    found: list[float] = page.evaluate("window.shifts")
    return found
