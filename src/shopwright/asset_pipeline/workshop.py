"""The picture workshop: what a catalogue names as pictures goes in, what pages can show comes out.

A picture that is already in the cache costs no process and no decoding. A picture that is not to be had costs only its
product a picture: a stand-in is drawn, and the error says why.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from shopwright.asset_pipeline.address import is_address
from shopwright.asset_pipeline.cache import PictureCache, write_whole
from shopwright.asset_pipeline.crew import Crew
from shopwright.asset_pipeline.darkroom import Darkroom, Equipment
from shopwright.asset_pipeline.fetch import AddressOriginals
from shopwright.asset_pipeline.original import FolderOriginals, Original, Originals
from shopwright.asset_pipeline.recipe import FORMATS, tiers
from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition
from shopwright.asset_pipeline.share import ShareOrder
from shopwright.asset_pipeline.share_gallery import ShareGallery
from shopwright.asset_pipeline.stand_in import stand_in_svg
from shopwright.asset_pipeline.tally import Tally
from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.asset_pipeline.trim import Bound
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


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """How pictures are to be prepared.

    ``folders`` are where relative paths are looked up, in order; a file there that is named like the last part of a web
    address is taken instead of that address. ``workers`` processes prepare. ``policy`` decides about http(s) addresses:
    "fetch" them, leave the page to "link" to them, or "skip" them. ``allow_private`` lets addresses of private networks
    be fetched. With ``retry``, what was found unusable in an earlier build is tried again. Past ``cache_bytes`` the
    least recently used of the cache is forgotten when the work is done.
    """

    folders: Sequence[Path]
    workers: int
    policy: str = "fetch"
    formats: tuple[str, ...] = FORMATS
    allow_private: bool = False
    retry: bool = False
    cache_bytes: int = 5_000_000_000


Outcome = tuple[PictureRequest, PreparedPicture | None, PictureError | None]
"""Request, picture, error. Picture and error both: the error says why it is a stand-in, or lacks what was asked for."""


class PictureWorkshop:
    """Prepares pictures as an order says, and remembers them in a tenant's ``cache``; a context manager.

    Raises SettingsError for an unknown policy or format, StorageError when the cache cannot be written.
    """

    def __init__(self, cache: TenantCache, order: PictureOrder) -> None:
        if order.policy not in POLICIES:
            remedy = f"Use one of {', '.join(POLICIES)}."
            raise SettingsError(f"unknown policy for pictures: {order.policy}.", remedy=remedy)
        recipes = tiers(order.formats)
        root = cache.folder / "pictures"
        self._policy, self._folders = order.policy, order.folders
        self._cache = PictureCache(root)
        self._bound = Bound(root, order.cache_bytes)
        self._local = FolderOriginals(order.folders, root / "digests")
        self._remote = AddressOriginals(root / "fetched", allow_private=order.allow_private, note=self._bound.note)
        self._drawings = root / "drawings"
        self._crew = Crew(order.workers, self._cache.files)
        self._places = order.workers
        self._threads = ThreadPoolExecutor(order.workers + _FETCHERS, "pictures")
        equipment = Equipment(self._cache, self._bound, self._crew, order.retry)
        self._publishable = Darkroom(equipment, recipes.publishable)
        self._rest = Darkroom.open(equipment, recipes.rest)
        self._gallery = ShareGallery(equipment)

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
        self._bound.close()

    def rest(self) -> None:
        """End the workers, which hold memory, until there is work again."""
        self._crew.dismiss()

    def file(self, rendition: Rendition) -> Path:
        """Where a rendition's file is, in the cache. Link or copy it; never change it."""
        return self._cache.file(rendition)

    def prepare(self, requests: Iterable[PictureRequest], tally: Tally) -> Iterator[Outcome]:
        """The outcome of each request, in the order of the requests; a few dozen are under way at a time.

        A picture is at least publishable, and has whatever else is in the cache already. Neither picture nor error:
        the policy leaves the address to the page. Raises StorageError when the cache cannot be written.
        """
        for request, finding in self._each(requests, self._begin, _IN_FLIGHT):
            picture = finding.picture
            if finding.how:
                tally.count(finding.how)
            if finding.original and picture:
                picture = self._with_rest(finding.original, picture, tally)
                tally.add(picture)
            yield request, picture, finding.error

    def complete(self, requests: Iterable[PictureRequest], go_on: Callable[[], bool]) -> Iterator[Outcome]:
        """The rest of every picture that lacks it, as long as ``go_on`` allows to begin another one.

        Yields those that were made now, and with an error those whose rest cannot be made. What is made is in the
        cache at once: a build that is ended here loses the pictures it was working on and no other.
        """
        darkroom = self._rest
        if darkroom is None:
            return

        def begin(request: PictureRequest) -> Callable[[], _Finding]:
            finding = self._begin(request)()
            if finding.original is None or finding.picture is None or darkroom.recall(finding.original):
                return _Finding
            return self._threads.submit(_finish, darkroom, finding.original, finding.picture, go_on).result

        for request, finding in self._each(requests, begin, 2 * self._places):
            if finding.how == "made" or finding.error:
                yield request, finding.picture, finding.error

    def share(self, orders: Iterable[ShareOrder]) -> Iterator[Rendition | None]:
        """The share picture of each order, in their order, drawn unless it is in the cache; none if it cannot be.

        An order's source and logo are names of renditions that were prepared before.
        """
        waiting: deque[Callable[[], Rendition | None]] = deque()
        for order in orders:
            kept = self._gallery.recall(order)
            waiting.append(partial(_given, kept) if kept else self._threads.submit(self._gallery.draw, order).result)
            if len(waiting) > _IN_FLIGHT:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()

    @staticmethod
    def _each(
        requests: Iterable[PictureRequest], begin: "Callable[[PictureRequest], Callable[[], _Finding]]", ahead: int
    ) -> "Iterator[tuple[PictureRequest, _Finding]]":
        waiting: deque[tuple[PictureRequest, Callable[[], _Finding]]] = deque()
        for request in requests:
            waiting.append((request, begin(request)))
            if len(waiting) > ahead:
                asked, wait = waiting.popleft()
                yield asked, wait()
        for asked, wait in waiting:
            yield asked, wait()

    def _with_rest(self, original: Original, picture: PreparedPicture, tally: Tally) -> PreparedPicture:
        rest = self._rest and self._rest.recall(original)
        tally.count("complete" if rest or self._rest is None else "incomplete")
        return picture.joined(rest) if rest else picture

    def _nearest(self, request: PictureRequest) -> PictureRequest:
        """The request itself, or for the same file in a folder when what it names is at a web address."""
        if is_address(request.source) and find_picture(request.source, self._folders):
            return replace(request, source=local_name(request.source))
        return request

    def _begin(self, given: PictureRequest) -> "Callable[[], _Finding]":
        """Find at once what can be, and have the rest made in the background."""
        request = self._nearest(given)
        if is_address(request.source) and self._policy != "fetch":
            return _Finding
        known = self._place(request).known(request.source)
        picture = known and self._publishable.recall(known)
        if picture:
            return lambda: _Finding("reused", picture, known)
        return self._threads.submit(self._obtain, request).result

    def _obtain(self, request: PictureRequest) -> "_Finding":
        try:
            return self._develop(self._place(request).get(request.source))
        except PictureError as error:
            cause = PictureError(error.what, where=request.source[:200], remedy=error.remedy)
        try:
            drawn = self._develop(self._draw(request.title))
        except PictureError:  # not even our own drawing: there are no workers; the page does without
            return _Finding("failed", error=cause)
        return _Finding("failed", drawn.picture and replace(drawn.picture, stand_in=True), drawn.original, cause)

    def _develop(self, original: Original) -> "_Finding":
        picture, made = self._publishable.develop(original)
        return _Finding("made" if made else "reused", picture, original)

    def _draw(self, title: str) -> Original:
        svg = stand_in_svg(title)
        sha256 = hashlib.sha256(svg).hexdigest()
        path = self._drawings / f"{sha256}.svg"
        if not path.exists():
            write_whole(path, svg)
        return Original(path, sha256)

    def _place(self, request: PictureRequest) -> Originals:
        return self._remote if is_address(request.source) else self._local


def _given(rendition: Rendition) -> Rendition:
    return rendition


@dataclass(frozen=True, slots=True)
class _Finding:
    """What became of a request, and ``how`` it is counted."""

    how: str = ""
    picture: PreparedPicture | None = None
    original: Original | None = None
    error: PictureError | None = None


def _finish(darkroom: Darkroom, original: Original, picture: PreparedPicture, go_on: Callable[[], bool]) -> _Finding:
    """Make the rest of a picture, unless the time is over."""
    if not go_on():
        return _Finding()
    try:
        rest, made = darkroom.develop(original, picture.traits)
    except PictureError as error:
        return _Finding(error=error)
    return _Finding("made" if made else "reused", picture.joined(rest), original)
