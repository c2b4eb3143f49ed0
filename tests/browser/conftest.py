"""A built store, served on loopback, and shoppers who enter it with a browser."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.chromium import DEVICES, Watch, chromium
from tests.browser.example_stores import build_shop, build_small_shop, theme_names
from tests.loopback import running

from shopwright.cli.serve import start_server

PATIENCE_MS = 30_000
"""How long a browser on a busy machine may take for one thing."""

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each file of tests: Playwright keeps an event loop, which tests of other folders would trip over."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def build_once(tmp_path_factory) -> Callable[[str, Callable[[Path], None]], Path]:
    """``build_once(name, build)`` gives the folder that ``build`` filled, in whichever worker came first."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent

    def once(name, build):
        done = root / f"{name}.done"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                build(root / name)
                done.touch()
        return root / name

    return once


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The origin of a site while it is served."""
    with running(start_server(site, 0)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session", params=theme_names())
def theme(request) -> str:
    """Every built-in theme in turn."""
    return request.param


@pytest.fixture(scope="session")
def shop(theme, build_once) -> Iterator[str]:
    """The origin of the shop in ``theme``."""
    with served(build_once(f"shop-{theme}", lambda out: build_shop(out, theme))) as origin:
        yield origin


@pytest.fixture(scope="session")
def mail_shop(build_once) -> Iterator[str]:
    """The origin of a small shop without a checkout."""
    with served(build_once("mail", lambda out: build_small_shop(out, "atelier", None))) as origin:
        yield origin


@pytest.fixture(scope="session")
def link_shop(build_once) -> Iterator[str]:
    """The origin of a small shop whose checkout is an address that takes the items."""
    checkout = {"url": "https://checkout.example.com/buy?shop=1", "method": "get"}
    with served(build_once("link", lambda out: build_small_shop(out, "atelier", checkout))) as origin:
        yield origin


@pytest.fixture
def enter(browser) -> Iterator[Callable[..., Page]]:
    """``enter(origin, device, **options)`` gives an empty page for that store; ``page.watch`` is its Watch.

    However the test went on, nothing that a Watch looks for may have happened.
    """
    watches = []

    def enter_store(origin: str, device: str = "desktop", **options: object) -> Page:
        settings = {"base_url": origin, "locale": "en", "reduced_motion": "reduce", **DEVICES[device], **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(PATIENCE_MS)
        watches.append((context, Watch(context, origin)))
        page = context.new_page()
        page.watch = watches[-1][1]
        return page

    yield enter_store
    for context, _ in watches:
        context.close()
    assert [problem for _, watch in watches for problem in watch.problems] == []


@pytest.fixture
def page(enter, shop) -> Page:
    """A desktop in the shop."""
    return enter(shop)


@pytest.fixture(params=["phone", "desktop"])
def device(request) -> str:
    """A small screen that is touched, and a large one."""
    return request.param


@pytest.fixture
def device_page(enter, shop, device) -> Page:
    """A phone, then a desktop, in the shop."""
    return enter(shop, device)
