"""Pictures on other machines: fetched once, within bounds, politely, and kept.

A machine that cannot be reached is not asked again in the same build, so a store whose pictures are all remote builds
in seconds without a network.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import httpcore

from shopwright.asset_pipeline.address import tidy_address
from shopwright.asset_pipeline.cache import draft
from shopwright.asset_pipeline.copies import Copies, Copy, fresh_until
from shopwright.asset_pipeline.network import Deadline, GuardedNetwork
from shopwright.asset_pipeline.original import Original
from shopwright.asset_pipeline.recipe import LIMITS, Limits
from shopwright.asset_pipeline.sniff import SNIFF_BYTES, picture_kind
from shopwright.errors import PictureError

MAX_REDIRECTS = 3
CONNECT_SECONDS = 5.0
AT_ONCE_PER_HOST = 4
FAILURES_PER_HOST = 3
"""After so many failures in a row a host is not asked again in this build."""
HOSTS_UNREACHABLE = 3
"""After so many unreachable hosts, and none reached, there is no network: no host is asked again in this build."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_PICTURES = ("text/html", "application/json", "application/xhtml+xml", "text/plain", "video/", "audio/")
_HEADERS = (("User-Agent", "Shopwright picture fetcher"), ("Accept", "image/*"), ("Accept-Encoding", "identity"))


class _Trouble(PictureError):
    """The host is at fault, not the picture: it is slow, gone or overloaded."""


_NO_NETWORK = _Trouble("picture unreachable: there is no network.", remedy="Build again online.")


class _Host:
    """What this build has learned about one host."""

    def __init__(self) -> None:
        self.places = threading.BoundedSemaphore(AT_ONCE_PER_HOST)
        self.failures = 0
        self.trouble: PictureError | None = None


class AddressOriginals:
    """Pictures fetched by http(s); copies are kept in ``folder``. Safe to call from threads.

    ``allow_private`` lets addresses of private networks be fetched. ``note`` is told how many bytes were stored.
    """

    def __init__(
        self,
        folder: Path,
        *,
        allow_private: bool,
        limits: Limits = LIMITS,
        note: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._copies = Copies(folder)
        self._limits = limits
        self._deadline = Deadline()
        self._network = GuardedNetwork(self._deadline, allow_private=allow_private)
        self._hosts: dict[str, _Host] = {}
        self._failed: dict[str, PictureError] = {}
        self._turns = [threading.Lock() for _ in range(256)]
        self._reached = False
        self._note = note

    def known(self, source: str) -> Original | None:
        """The copy of an address, when it is still fresh."""
        try:
            address = tidy_address(source)
        except PictureError:
            return None
        copy = self._copies.find(address)
        return self._copies.original(address, copy) if copy and copy.fresh else None

    def get(self, source: str) -> Original:
        """The picture at an address. Raises PictureError when it is not to be had; StorageError when not to be kept."""
        address = tidy_address(source)
        with self._turns[hash(address) % len(self._turns)]:  # one address named twice is fetched once
            if address in self._failed:
                raise _anew(self._failed[address])
            copy = self._copies.find(address)
            if not (copy and copy.fresh):
                copy = self._renew(address, copy)
        return self._copies.original(address, copy)

    def _renew(self, address: str, copy: Copy | None) -> Copy:
        """Fetch ``address``, or fall back on an old copy when the host is in trouble."""
        try:
            with self._polite(urlsplit(address).netloc):
                renewed = self._fetch(address, copy)
        except _Trouble as error:
            if copy:
                return copy
            self._failed[address] = _anew(error)
            raise
        except PictureError as error:
            self._failed[address] = _anew(error)
            raise
        self._copies.note(address, renewed)
        return renewed

    @contextmanager
    def _polite(self, name: str) -> Iterator[None]:
        """Take one of a host's places, and learn how it went."""
        host = self._hosts.setdefault(name, _Host())
        with host.places:
            if host.trouble or self._offline:
                raise _anew(host.trouble or _NO_NETWORK)
            try:
                yield
            except _Trouble as error:
                host.failures += 1
                host.trouble = _anew(error) if host.failures >= FAILURES_PER_HOST else None
                raise
            host.failures = 0

    @property
    def _offline(self) -> bool:
        return not self._reached and sum(bool(host.trouble) for host in list(self._hosts.values())) >= HOSTS_UNREACHABLE

    def _fetch(self, address: str, copy: Copy | None) -> Copy:
        """Ask, follow redirects, take the body."""
        self._deadline.start(self._limits.seconds)
        at = address
        with _explained(urlsplit(address).netloc, self._limits):
            for _ in range(MAX_REDIRECTS + 1):
                with self._ask(at, copy) as response:
                    self._reached = True
                    headers = _headers(response)
                    if response.status in _REDIRECTS and "location" in headers:
                        at = tidy_address(headers["location"], at)
                        continue
                    if response.status == HTTPStatus.NOT_MODIFIED and copy:
                        return Copy(copy.sha256, copy.bytes, copy.etag, copy.last_modified, fresh_until(headers))
                    _check(response.status, headers, self._limits)
                    sha256, length = self._take(response, self._copies.body(address))
                    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
                    return Copy(sha256, length, etag, modified, fresh_until(headers))
        raise PictureError(
            f"picture address refused: more than {MAX_REDIRECTS} redirects.", remedy="Use its last address."
        )

    @contextmanager
    def _ask(self, address: str, copy: Copy | None) -> Iterator[httpcore.Response]:
        headers = [*_HEADERS, *(copy.conditions if copy else ())]
        wait = {"connect": CONNECT_SECONDS, "read": CONNECT_SECONDS, "write": CONNECT_SECONDS}
        with self._pool.stream("GET", address, headers=headers, extensions={"timeout": wait}) as response:
            yield response

    @cached_property
    def _pool(self) -> httpcore.ConnectionPool:
        """Made at the first need: reading the certificates of the world's authorities takes time."""
        return httpcore.ConnectionPool(
            ssl_context=httpcore.default_ssl_context(),
            max_connections=32,
            keepalive_expiry=10,
            network_backend=self._network,
        )

    def close(self) -> None:
        """Close every connection."""
        if "_pool" in self.__dict__:
            self._pool.close()

    def _take(self, response: httpcore.Response, body: Path) -> tuple[str, int]:
        """Store the body; its SHA-256 and length. Raises PictureError when it is no picture or too long."""
        digest, length, head = hashlib.sha256(), 0, b""
        with draft(body) as file:
            for chunk in response.iter_stream():
                head += chunk[: SNIFF_BYTES - len(head)]
                length += len(chunk)
                if length > self._limits.file_bytes:
                    raise _too_large(self._limits)
                digest.update(chunk)
                file.write(chunk)
            picture_kind(head)
        self._note(length)
        return digest.hexdigest(), length


def _anew(error: PictureError) -> PictureError:
    """The same error without its history: what is raised twice would hold ever more of the frames it came through."""
    return type(error)(error.what, remedy=error.remedy)


def _headers(response: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def _check(status: int, headers: dict[str, str], limits: Limits) -> None:
    """Raise PictureError unless the answer promises a picture that is not too long."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _Trouble(f"picture unreachable: the server answered {status}.", remedy="Build again later.")
    if status != HTTPStatus.OK:
        raise PictureError(f"picture missing: the server answered {status}.", remedy="Correct its address.")
    kind = headers.get("content-type", "").lower()
    if kind.startswith(_NOT_PICTURES):
        raise PictureError(f"not a picture: the server sent {kind[:80]}.", remedy="Correct its address.")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > limits.file_bytes:
        raise _too_large(limits)


def _too_large(limits: Limits) -> PictureError:
    return PictureError(f"picture too large: more than {limits.file_bytes:,} bytes.", remedy="Give a smaller file.")


@contextmanager
def _explained(host: str, limits: Limits) -> Iterator[None]:
    """The transport's errors in our words."""
    try:
        yield
    except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout) as error:
        raise _Trouble(f"picture unreachable: no connection to {host}.", remedy="Build again online.") from error
    except httpcore.TimeoutException as error:
        raise _Trouble(
            f"picture takes too long: {host} did not deliver it within {limits.seconds:g} s.",
            remedy="Build again later.",
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise _Trouble(f"picture truncated: {host} broke off ({error}).", remedy="Build again later.") from error
