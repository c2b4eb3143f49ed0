"""A built folder as the preview serves it: every page follows the builds, and tells the error where there is one."""

import hashlib
import io
import threading
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from shopwright.asset_pipeline.service_worker import retired_worker
from shopwright.generation.preview.problem import Problem
from shopwright.storage.delivery import SECURITY, etag
from shopwright.storage.media_types import media_type
from shopwright.storage.redirect_rules import Redirect
from shopwright.storage.serving.folder_site import FolderSite
from shopwright.storage.serving.resource import Form, Resource
from shopwright.template_engine.engine import get_template, make_environment, render

OWN = "preview-live"
"""The folder of the preview's own files, which no page of a store has."""

WAIT_SECONDS = 20.0
"""How long a page's question for news is kept open."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_NOW = {"Cache-Control": "no-store", **SECURITY}
_FILES = Path(str(files("shopwright.generation.preview"))) / "files"
_DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="1"/>'
_SAME, _NEWS = 1, 2
"""Widths of the picture that answers a page's question: pages may always load pictures, but not always connect."""


class LiveSite:
    """The site in ``folder`` (``storage.serving.resource.Site``). ``first`` numbers the first build.

    Builds are counted on from ``first``, so that a page of an earlier preview at the same address reloads too.
    """

    base = ""

    def __init__(self, folder: Path, first: int) -> None:
        self._site = FolderSite(folder)
        self._news = threading.Condition()
        self._version = first
        self._problem: Problem | None = None
        self._pages = make_environment({"problem.html": (_FILES / "problem.html").read_text("utf-8")})

    def show(self, problem: Problem | None) -> None:
        """A build has ended: open pages reload. With a problem they show it, and go on waiting."""
        with self._news:
            self._version += 1
            self._problem = problem
            self._news.notify_all()

    def find(self, path: str) -> Resource | None:
        """A file of the site; a page is given the preview's script, or gives way to the problem."""
        folder, _, name = path.partition("/")
        if folder == OWN:
            return self._own(name)
        if path == "sw.js":
            return _made("sw.js", retired_worker("/"))
        if not path.endswith(".html"):
            return self._site.find(path)
        with self._news:  # before the page is read: one that is newer than its number reloads once too often, not never
            version, problem = self._version, self._problem
        if problem is not None:
            return self._problem_page(problem, version)
        page = self._site.find(path)
        return _followed(page, path, version) if page else None

    def redirect(self, path: str) -> Redirect | None:
        """Where an address leads by the rules of the site."""
        return self._site.redirect(path)

    def _own(self, name: str) -> Resource | None:
        version, slash, _ = name.partition("/")
        if slash and version.isdecimal():
            return _made("news.svg", _DOT.format(width=self._answer(int(version[:20]))).encode())
        if name in ("live.js", "problem.css"):
            return _made(name, (_FILES / name).read_bytes())
        return None

    def _answer(self, version: int) -> int:
        """Whether there has been a build since ``version``; waits for one."""
        with self._news:
            self._news.wait_for(lambda: self._version != version, WAIT_SECONDS)
            return _NEWS if self._version != version else _SAME

    def _problem_page(self, problem: Problem, version: int) -> Resource:
        names = {"problem": problem, "own": OWN, "version": version}
        html = render(get_template(self._pages, "problem.html"), names)
        return _made("problem.html", html.encode(), {**_NOW, "Content-Security-Policy": _POLICY})


def _followed(page: Resource, path: str, version: int) -> Resource:
    """A page with the preview's script in its head."""
    with page.identity.opened() as file:
        html = file.read()
    script = f'<script src="/{OWN}/live.js" id="{OWN}-{version}" defer></script>'
    return _made(path, html.replace(b"</head>", script.encode() + b"</head>", 1), page.headers)


def _made(name: str, data: bytes, headers: Mapping[str, str] = _NOW) -> Resource:
    """A file that is only in memory, and not to be kept by a browser."""
    form = Form(len(data), etag(hashlib.sha256(data).hexdigest()), lambda: io.BytesIO(data))
    return Resource({**headers, "Content-Type": media_type(name), "Cache-Control": "no-store"}, form)
