"""Objects in an S3 bucket, at Amazon or at any service that speaks its protocol and honours conditional writes."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError, PreconditionError
from obstore.store import S3Store

from shopwright.errors import StorageError
from shopwright.settings import Aws
from shopwright.storage.objects.stored import MOST_BYTES, Content, Stored

_TIMES: dict[str, Any] = {
    "client_options": {"timeout": "60s", "connect_timeout": "5s"},
    "retry_config": {
        "max_retries": 6,
        "retry_timeout": dt.timedelta(seconds=60),
        "backoff": {"init_backoff": dt.timedelta(milliseconds=100), "max_backoff": dt.timedelta(seconds=8), "base": 2},
    },
}
"""No call waits for ever: an attempt ends after a minute, and so does trying again."""

_DELETED_AT_ONCE = 1_000
_REMEDY = "Look at the address, the bucket's name and the credentials, and whether the service answers."


class BucketObjects:
    """Objects of ``bucket`` whose keys begin with ``prefix``."""

    def __init__(self, bucket: str, prefix: str, aws: Aws) -> None:
        self.name = f"s3://{bucket}/{prefix}".rstrip("/")
        options = {**_TIMES, "client_options": {**_TIMES["client_options"], "allow_http": _plain(aws.endpoint)}}
        with self._speaking(""):
            self._store: Any = S3Store(bucket, prefix=prefix or None, config=_config(aws), **options)

    def read(self, key: str, most: int = MOST_BYTES) -> Content | None:
        """The bytes of an object; their version is its ETag."""
        try:
            with self._speaking(key):
                answer = obstore.get(self._store, key)
                size = answer.meta["size"]
                if size > most:
                    raise StorageError(f"it is larger than {most:,} bytes.", where=f"{self.name}/{key}")
                return Content(bytes(answer.bytes()), answer.meta["e_tag"] or "")
        except _Absent:
            return None

    def find(self, key: str) -> Stored | None:
        """Size and time of an object."""
        try:
            with self._speaking(key):
                return _stored(obstore.head(self._store, key))
        except _Absent:
            return None

    def write(self, key: str, data: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Put an object; its headers are what whoever reads the bucket directly is told."""
        attributes: Any = dict(headers or {})
        with self._speaking(key):
            obstore.put(self._store, key, data, attributes=attributes, use_multipart=False)

    def write_if(self, key: str, data: bytes, version: str | None) -> bool:
        """Put with ``If-Match``, or ``If-None-Match: *``. A try that was answered too late may have been stored."""
        mode: Any = {"e_tag": version} if version else "create"
        attributes: Any = {"Content-Type": "application/json", "Cache-Control": "no-cache"}
        try:
            with self._speaking(key):
                obstore.put(self._store, key, data, attributes=attributes, mode=mode)
        except _Conflict:
            now = self.read(key)
            return now is not None and now.data == data
        return True

    def list(self, prefix: str) -> Iterator[Stored]:
        """Every object below a folder, a thousand to a request."""
        with self._speaking(prefix):
            for found in obstore.list(self._store, prefix, chunk_size=1_000):
                yield from map(_stored, found)

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects, a thousand to a request."""
        names = list(keys)
        for start in range(0, len(names), _DELETED_AT_ONCE):
            try:
                with self._speaking("objects to be deleted"):
                    obstore.delete(self._store, names[start : start + _DELETED_AT_ONCE])
            except _Absent:
                continue

    def tidy(self, until: float) -> int:
        """Nothing: an object that was not written whole is none."""
        del until
        return 0

    @contextmanager
    def _speaking(self, key: str) -> Iterator[None]:
        """Turn the library's errors into ours; what they say of a request holds no secret."""
        try:
            yield
        except (NotFoundError, FileNotFoundError) as error:
            raise _Absent from error
        except (PreconditionError, AlreadyExistsError) as error:
            raise _Conflict from error
        except (BaseError, OSError, ValueError) as error:
            said = " ".join(str(error).partition("\n")[0].split())[:400]
            raise StorageError(
                f"the service could not do it: {said}.", where=f"{self.name}/{key}", remedy=_REMEDY
            ) from error


class _Absent(Exception):
    """There is no such object."""


class _Conflict(Exception):
    """The object is another than the one that was to be replaced."""


def _config(aws: Aws) -> Any:  # noqa: ANN401 - the library's type exists for type checkers only
    given = {
        "endpoint": aws.endpoint,
        "access_key_id": aws.access_key_id,
        "secret_access_key": aws.secret_access_key.text,
        "session_token": aws.session_token.text,
    }
    return {"region": aws.region, **{name: value for name, value in given.items() if value}}


def _plain(endpoint: str) -> bool:
    return endpoint.startswith("http://")


def _stored(meta: Any) -> Stored:  # noqa: ANN401 - as above
    return Stored(meta["path"], meta["size"], meta["last_modified"].timestamp())
