"""Installs the tools of the browser audit ahead of its first use: ``python -m shopwright.browser_audit.install``."""

import sys

from shopwright.browser_audit.toolbox import prepare_toolbox
from shopwright.errors import ShopwrightError
from shopwright.settings import current_settings


def main() -> None:
    """Install, or say in one line why not and end with status 1."""
    settings = current_settings()
    try:
        prepare_toolbox(settings.cache, settings.chromium, _say)
    except ShopwrightError as error:
        sys.exit(f"shopwright: {error}")


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")


if __name__ == "__main__":
    main()
