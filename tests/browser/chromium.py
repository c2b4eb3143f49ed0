"""A Chromium that talks to nobody but the store, and a watch over everything that happens in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request, Response, sync_playwright

from shopwright.settings import current_settings

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
WITHOUT_SCRIPT = "--blink-settings=scriptEnabled=false"
"""As if the shopper had switched JavaScript off: Playwright's own way does not show what stands in ``noscript``."""

NO_SCRIPT_HERE = "document's frame is sandboxed and the 'allow-scripts' permission is not set"
"""What Chromium says of a frame that shows a page as it is without scripts."""

DEVICES = {"phone": PHONE, "tablet": TABLET, "desktop": DESKTOP}


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """The browser of the settings, with further flags. Raises ``RuntimeError`` with a remedy if there is none."""
    program = shutil.which(current_settings().chromium)
    if program is None:
        message = f"there is no browser at {current_settings().chromium}: run `make setup`, or set SHOPWRIGHT_CHROMIUM."
        raise RuntimeError(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, *flags])
        yield browser
        browser.close()


class Watch:
    """What must not happen in a store: errors, refused code, failed requests, a word to another host.

    ``hosts`` may be asked besides the store (a test that allows one answers for it); ``missing`` are addresses whose
    404 a test expects.
    """

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.problems: list[str] = []
        self.hosts: tuple[str, ...] = ()
        self.missing: tuple[str, ...] = ()
        self._origin = origin
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _expected(self, address: str) -> bool:
        return address.removeprefix(self._origin) in self.missing

    def _console(self, message: ConsoleMessage) -> None:
        """Chromium writes refusals of the Content-Security-Policy here too."""
        meant = NO_SCRIPT_HERE in message.text or self._expected(message.location.get("url", ""))
        if message.type in {"error", "warning"} and not meant:
            self.problems.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        allowed = (self._origin + "/", "data:", "about:blank", *self.hosts)
        if not request.url.startswith(allowed):
            self.problems.append(f"left the store: {request.method} {request.url}")

    def _failed(self, request: Request) -> None:
        """A page that is left before its pictures have come stops asking for them: that is no failure."""
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not self._expected(response.url):
            self.problems.append(f"{response.status}: {response.url}")
