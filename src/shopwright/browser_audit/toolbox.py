"""The tools that look at pages: packages of npm, locked beside this file, installed once into the cache.

They are programs of their own and no part of this package: Lighthouse, csp_evaluator and puppeteer-core (Apache-2.0),
axe-core (MPL-2.0), the Nu HTML Checker (MIT). Installing runs no script of any package, and asks whichever
registry npm is set to; the lock holds hashes and no addresses.
"""

import fcntl
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shopwright.errors import BrowserAuditError

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
PACKAGES = HERE / "package.json"
LEAST_NODE = 18
INSTALL_SECONDS = 600

_INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
_DONE = "installed"
_VNU = "node_modules/vnu-jar/build/dist/vnu.jar"


@dataclass(frozen=True, slots=True)
class Toolbox:
    """Programs and packages that are there and can be run."""

    folder: Path
    """Holds ``node_modules``."""

    node: Path
    java: Path
    chromium: Path
    versions: Mapping[str, str]
    """Version of each tool by its name in ``package.json``."""

    @property
    def checker(self) -> Path:
        """The Nu HTML Checker."""
        return self.folder / _VNU


def locked_versions() -> dict[str, str]:
    """The versions that ``package.json`` names, which are exact."""
    named: dict[str, str] = json.loads(PACKAGES.read_bytes())["dependencies"]
    return dict(sorted(named.items()))


def prepare_toolbox(cache: Path, chromium: Path, announce: Callable[[str], None]) -> Toolbox:
    """The tools, installed below ``cache`` if they are not there; ``announce`` is told when that begins.

    Raises ``BrowserAuditError`` that names what is missing on this machine.
    """
    node, npm, java = (_program(name, package) for name, package in _PROGRAMS.items())
    _check_node(node)
    browser = shutil.which(chromium)
    if browser is None:
        raise _missing(str(chromium), "chromium", "or set SHOPWRIGHT_CHROMIUM to the path of a browser")
    folder = cache / "browser-audit" / hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    _install(folder, npm, announce)
    return Toolbox(folder, node, java, Path(browser), locked_versions())


_PROGRAMS = {"node": "nodejs", "npm": "npm", "java": "default-jre-headless"}


def _program(name: str, package: str) -> Path:
    found = shutil.which(name)
    if found is None:
        raise _missing(name, package, "or run `make setup`")
    return Path(found)


def _missing(name: str, package: str, otherwise: str) -> BrowserAuditError:
    return BrowserAuditError(
        "this program is missing.",
        where=name,
        remedy=f"Install it (Debian and Ubuntu: apt-get install --no-install-recommends {package}), {otherwise}.",
    )


def _check_node(node: Path) -> None:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise BrowserAuditError(f"it does not run: {error}", where=str(node)) from error
    version = re.match(r"v(\d+)", said)
    if version is None or int(version[1]) < LEAST_NODE:
        remedy = f"Install Node {LEAST_NODE} or newer."
        raise BrowserAuditError(f"this is Node {said.strip()[:20]}, which is too old.", where=str(node), remedy=remedy)


def _install(folder: Path, npm: Path, announce: Callable[[str], None]) -> None:
    """Fill the folder once, whoever comes first; a folder that was filled only in part is filled again."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / _DONE).exists():
            return
        announce("installing the tools of the browser audit (once; about 220 MB)")
        for file in (PACKAGES, LOCK):
            shutil.copyfile(file, folder / file.name)
        _run_npm(npm, folder)
        (folder / _DONE).touch()


def _run_npm(npm: Path, folder: Path) -> None:
    try:
        done = subprocess.run(
            [npm, *_INSTALL], cwd=folder, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise BrowserAuditError(f"npm did not install the tools: {error}", where=str(folder)) from error
    if done.returncode != 0:
        said = " ".join(done.stderr.split())[-400:]
        remedy = "See whether npm reaches its registry (npm ping)."
        raise BrowserAuditError(f"npm could not install the tools: {said}", where=str(folder), remedy=remedy)
