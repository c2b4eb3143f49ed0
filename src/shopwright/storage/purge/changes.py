"""What a CDN must forget after a switch: the addresses whose answer is another now, and no others."""

from dataclasses import dataclass
from urllib.parse import quote

from shopwright.storage.delivery import address, is_hashed, surrogate_key
from shopwright.storage.releases.release import Release

_WILD = ("*", ":")


@dataclass(frozen=True, slots=True)
class Changes:
    """Addresses (``/shops/luna/de/``, percent-encoded) and their surrogate keys; ``label`` names the switch."""

    label: str
    addresses: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    everything: bool = False
    """Whether a rule for many addresses changed, so that nobody can list them."""

    def __bool__(self) -> bool:
        return self.everything or bool(self.addresses)


def changes(old: Release, new: Release, label: str) -> Changes:
    """What is different. Hashed files that came or went are not: their addresses never meant anything else."""
    paths = sorted(
        path
        for path in {*old.files, *new.files}
        if old.files.get(path) != new.files.get(path)
        and not (is_hashed(path) and not (path in old.files and path in new.files))
    )
    moved = sorted({line.split()[0] for line in {*old.redirects} ^ {*new.redirects}})
    everything = old.base != new.base or any(mark in source for source in moved for mark in _WILD)
    below = [*(address(path) for path in paths), *moved]
    addresses = tuple(dict.fromkeys(quote(f"{new.base}{path}", safe="/%-._~!$&'()*+,;=:@") for path in below))
    return Changes(
        label, addresses, tuple(surrogate_key(path) for path in (*paths, *(each[1:] for each in moved))), everything
    )
