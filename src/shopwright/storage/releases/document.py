"""A release as it is kept: a line of JSON that says it, and a line that signs the first."""

import orjson

from shopwright.errors import StorageError
from shopwright.storage.objects.stored import Objects
from shopwright.storage.releases.release import Release, parse_release, payload_id
from shopwright.storage.releases.signing import Signer, Trust

MOST_BYTES = 256 * 1024 * 1024
HEADERS = {"Content-Type": "application/jsonl", "Cache-Control": "public, max-age=31536000, immutable"}

RELEASES = "releases/"
_SUFFIX = ".jsonl"


def release_key(release_id: str) -> str:
    """Where the document of a release is kept."""
    return f"{RELEASES}{release_id}{_SUFFIX}"


def release_of_key(key: str) -> str:
    """The id of the release whose document has this key."""
    return key.rpartition("/")[2].removesuffix(_SUFFIX)


def seal(release: Release, signer: Signer) -> bytes:
    """The document of a release."""
    signed = {"key": signer.key_id, "signature": signer.sign(release.payload)}
    return release.payload + b"\n" + orjson.dumps(signed) + b"\n"


def unseal(data: bytes, release_id: str, trust: Trust | None) -> Release:
    """The release of a document. Raises ``StorageError`` unless it is the one named, and signed by who is trusted.

    Without ``trust`` only the first is checked: enough to know that nothing was lost, not who made it.
    """
    payload, _, rest = data.partition(b"\n")
    if payload_id(payload) != release_id:
        raise StorageError("it is not what its name says: it was damaged or changed.", remedy="Publish the site again.")
    if trust:
        try:
            signed = orjson.loads(rest)
            by, signature = str(signed["key"]), str(signed["signature"])
        except (ValueError, KeyError, TypeError) as error:
            raise StorageError("it is not signed.", remedy="Publish the site again.") from error
        trust.check(payload, by, signature)
    return parse_release(payload)


def read_release(objects: Objects, release_id: str, trust: Trust | None) -> Release:
    """A release that is kept. Raises ``StorageError`` if it is not there or not to be trusted."""
    key = release_key(release_id)
    content = objects.read(key, MOST_BYTES)
    if content is None:
        remedy = "Run shopwright releases to see which there are."
        raise StorageError("there is no such release.", where=f"{objects.name}/{key}", remedy=remedy)
    try:
        return unseal(content.data, release_id, trust)
    except StorageError as error:
        raise StorageError(error.what, where=f"{objects.name}/{key}", remedy=error.remedy) from error
