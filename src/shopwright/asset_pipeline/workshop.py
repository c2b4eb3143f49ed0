"""The picture workshop: what a catalogue names as pictures goes in, what pages can show comes out.

A picture that is already in the cache costs no process and no decoding. A picture that is not to be had costs only its
product a picture: a stand-in is drawn, and the error says why.
"""

import hashlib
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from shopwright.asset_pipeline.address import is_address
from shopwright.asset_pipeline.cache import PictureCache, write_whole
from shopwright.asset_pipeline.crew import Crew
from shopwright.asset_pipeline.fetch import AddressOriginals
from shopwright.asset_pipeline.original import FolderOriginals, Original, Originals
from shopwright.asset_pipeline.recipe import PUBLISHABLE, Recipe
from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition
from shopwright.asset_pipeline.stand_in import stand_in_svg
from shopwright.asset_pipeline.trim import trim
from shopwright.catalog.pictures import find_picture, local_name
from shopwright.errors import PictureError, SettingsError

POLICIES = ("fetch", "link", "skip")
_FETCHERS = 6
_IN_FLIGHT = 64


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A picture as the catalogue has it: ``source`` is a relative path or an http(s) address.

    ``title`` is the product's; the stand-in is drawn from it.
    """

    source: str
    title: str


Outcome = tuple[PictureRequest, PreparedPicture | None, PictureError | None]
"""Request, picture, error. Picture and error both: the picture is a stand-in, the error says why."""


class PictureWorkshop:
    """Prepares pictures with ``workers`` processes, and remembers them in ``cache``; a context manager.

    ``folders`` are where relative paths are looked up, in order; a file there that is named like the last part of a web
    address is taken instead of that address. ``policy`` decides about http(s) addresses: "fetch" them, leave the page
    to "link" to them, or "skip" them. ``allow_private`` lets addresses of private networks be fetched. Past
    ``cache_bytes`` the least recently used of the cache is forgotten when the work is done.
    """

    def __init__(
        self,
        cache: Path,
        *,
        folders: Sequence[Path],
        workers: int,
        policy: str = "fetch",
        recipe: Recipe = PUBLISHABLE,
        allow_private: bool = False,
        cache_bytes: int = 5_000_000_000,
    ) -> None:
        if policy not in POLICIES:
            raise SettingsError(f"unknown policy for pictures: {policy}.", remedy=f"Use one of {', '.join(POLICIES)}.")
        root = cache / "pictures"
        self._root, self._cache_bytes, self._added = root, cache_bytes, 0
        self._cache = PictureCache(root)
        self._local = FolderOriginals(folders, root / "digests")
        self._remote = AddressOriginals(root / "fetched", allow_private=allow_private)
        self._policy = policy
        self._folders = folders
        self._digest = recipe.digest
        self._drawings = root / "drawings"
        self._crew = Crew(workers, recipe, self._cache.files)
        self._threads = ThreadPoolExecutor(workers + _FETCHERS, "pictures")
        self._turns = [threading.Lock() for _ in range(256)]
        self._counts = Counter(made=0, reused=0, failed=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every worker, also in the middle of a picture."""
        self._crew.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._crew.close()
        self._remote.close()
        trim(self._root, self._added + self._remote.bytes_fetched, self._cache_bytes)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many pictures were "made", "reused" and "failed" so far; linked and skipped ones are in none of them."""
        return dict(self._counts)

    def file(self, rendition: Rendition) -> Path:
        """Where a rendition's file is, in the cache. Link or copy it; never change it."""
        return self._cache.file(rendition)

    def prepare(self, requests: Iterable[PictureRequest]) -> Iterator[Outcome]:
        """The outcome of each request, in the order of the requests; a few dozen are under way at a time.

        Neither picture nor error: the policy leaves the address to the page. Raises StorageError when the cache cannot
        be written.
        """
        waiting: deque[Callable[[], _Finding]] = deque()
        asked: deque[PictureRequest] = deque()
        for request in requests:
            asked.append(request)
            waiting.append(self._begin(self._nearest(request)))
            if len(waiting) > _IN_FLIGHT:
                yield self._finish(asked.popleft(), waiting.popleft())
        while waiting:
            yield self._finish(asked.popleft(), waiting.popleft())

    def _nearest(self, request: PictureRequest) -> PictureRequest:
        """The request itself, or for the same file in a folder when what it names is at a web address."""
        if is_address(request.source) and find_picture(request.source, self._folders):
            return replace(request, source=local_name(request.source))
        return request

    def _finish(self, request: PictureRequest, wait: Callable[[], "_Finding"]) -> Outcome:
        finding = wait()
        if finding.how:
            self._counts[finding.how] += 1
        if finding.how == "made" and finding.picture:
            self._added += sum(rendition.bytes for rendition in finding.picture.renditions)
        return request, finding.picture, finding.error

    def _begin(self, request: PictureRequest) -> Callable[[], "_Finding"]:
        """Find at once what can be, and have the rest made in the background."""
        if is_address(request.source) and self._policy != "fetch":
            return _Finding
        known = self._place(request).known(request.source)
        picture = known and self._cache.recall(self._key(known))
        if picture:
            return lambda: _Finding("reused", picture)
        return self._threads.submit(self._obtain, request).result

    def _obtain(self, request: PictureRequest) -> "_Finding":
        try:
            return self._develop(self._place(request).get(request.source))
        except PictureError as error:
            cause = PictureError(error.what, where=request.source[:200], remedy=error.remedy)
        try:
            drawing = self._develop(self._draw(request.title)).picture
        except PictureError:  # not even our own drawing: there are no workers; the page does without
            return _Finding("failed", None, cause)
        return _Finding("failed", drawing and replace(drawing, stand_in=True), cause)

    def _develop(self, original: Original) -> "_Finding":
        key = self._key(original)
        with self._turns[int(original.sha256[:2], 16)]:  # one picture named twice is made once
            kept = self._cache.recall(key)
            if kept:
                return _Finding("reused", kept)
            made = self._crew.prepare(original.path, original.sha256)
            self._cache.keep(key, made)
            return _Finding("made", made)

    def _draw(self, title: str) -> Original:
        svg = stand_in_svg(title)
        sha256 = hashlib.sha256(svg).hexdigest()
        path = self._drawings / f"{sha256}.svg"
        if not path.exists():
            write_whole(path, svg)
        return Original(path, sha256)

    def _place(self, request: PictureRequest) -> Originals:
        return self._remote if is_address(request.source) else self._local

    def _key(self, original: Original) -> str:
        return f"{original.sha256}-{self._digest}"


@dataclass(frozen=True, slots=True)
class _Finding:
    """What became of a request, and ``how`` it is counted."""

    how: str = ""
    picture: PreparedPicture | None = None
    error: PictureError | None = None
