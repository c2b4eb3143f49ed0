"""The one pointer of a target: which release is live. Whoever switches it compares first, so nobody is overrun."""

from dataclasses import dataclass

import orjson

from shopwright.errors import StorageError
from shopwright.storage.objects.stored import Objects
from shopwright.storage.releases.release import is_release_id

KEY = "current"
HISTORY = 100
"""Releases that were live before and are remembered."""

REACHABLE = 5
"""Releases that were live before whose hashed files stay reachable: pages that shoppers still have open need them."""

_MOST_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Pointer:
    """The live release and those that were live before it, the newest first; ``sequence`` grows with each switch."""

    release: str
    before: tuple[str, ...] = ()
    sequence: int = 1

    def switched(self, release: str) -> "Pointer":
        """The pointer after a switch to another release."""
        before = [self.release, *(each for each in self.before if each not in (release, self.release))]
        return Pointer(release, tuple(before[:HISTORY]), self.sequence + 1)

    def order(self) -> tuple[str, ...]:
        """Every release it knows, the live one first."""
        return (self.release, *self.before)

    def data(self) -> bytes:
        """The pointer as it is kept."""
        record = {"release": self.release, "before": self.before, "sequence": self.sequence}
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def read_pointer(objects: Objects) -> tuple[Pointer | None, str | None]:
    """The pointer, and the version a switch compares with; nothing before the first release.

    Raises ``StorageError`` if something else is there.
    """
    content = objects.read(KEY, _MOST_BYTES)
    if content is None:
        return None, None
    try:
        return _parse(content.data), content.version
    except (ValueError, KeyError, TypeError) as error:
        remedy = f"Another program wrote it. Publish to an empty target, or remove {KEY!r}."
        raise StorageError("it is no pointer to a release.", where=f"{objects.name}/{KEY}", remedy=remedy) from error


def _parse(data: bytes) -> Pointer:
    record = orjson.loads(data)
    pointer = Pointer(record["release"], tuple(record["before"]), record["sequence"])
    if not all(map(is_release_id, pointer.order())) or type(pointer.sequence) is not int:
        raise ValueError("it names no release")
    return pointer


def sequence_of(pointer: Pointer | None) -> int:
    """How often a target was switched."""
    return pointer.sequence if pointer else 0


def live_pointer(objects: Objects) -> Pointer:
    """The pointer. Raises ``StorageError`` if nothing is published there."""
    pointer, _ = read_pointer(objects)
    if pointer is None:
        raise StorageError("nothing is published there.", where=objects.name, remedy="Run shopwright publish first.")
    return pointer


def switch(objects: Objects, release: str, seen: tuple[Pointer | None, str | None]) -> Pointer:
    """Make a release live, if the pointer is still the one ``seen``. Raises ``StorageError`` if it is not.

    When somebody else made the same release live meanwhile, there is nothing left to do.
    """
    pointer, version = seen
    if pointer and pointer.release == release:
        return pointer
    switched = pointer.switched(release) if pointer else Pointer(release)
    if objects.write_if(KEY, switched.data(), version):
        return switched
    now = live_pointer(objects)
    if now.release == release:
        return now
    raise StorageError(
        f"another publisher made release {now.release} live meanwhile, so {release} is not live.",
        where=objects.name,
        remedy="Look which of the two it should be; to make yours live, run the command again.",
    )
