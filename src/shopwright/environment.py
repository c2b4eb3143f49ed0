"""Reading variables: each form a value may have, read strictly, with an error that names the variable."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shopwright.errors import SettingsError

PREFIX = "SHOPWRIGHT_"

_TRUTHS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_DURATION = re.compile(r"([1-9][0-9]{0,4})([smhd])")


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that is never shown: its ``repr``, and so that of whatever holds it, hides it. Empty: none was given."""

    text: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.text)


def read_duration(text: str) -> dt.timedelta | None:
    """A length of time such as ``30s``, ``5m``, ``6h`` or ``1d``; None for anything else."""
    found = _DURATION.fullmatch(text)
    return dt.timedelta(seconds=int(found[1]) * _UNITS[found[2]]) if found else None


def duration(given: Mapping[str, str], name: str, usual: str) -> dt.timedelta:
    """A length of time. Raises ``SettingsError``."""
    text = given.get(f"{PREFIX}{name}", usual)
    read = read_duration(text)
    if read is None:
        raise unusable(f"{PREFIX}{name}", text, "a length of time such as 30s, 5m, 6h or 1d")
    return read


def folder(given: Mapping[str, str], name: str, what: str, below_home: tuple[str, ...]) -> Path:
    """The folder named, else the one of the XDG Base Directory Specification (relative XDG paths are not valid).

    Raises ``SettingsError`` where there is none.
    """
    if named := given.get(f"{PREFIX}{name}"):
        return Path(named).absolute()
    xdg = Path(given.get(f"XDG_{name}_HOME", ""))
    home = given.get("HOME")
    if xdg.is_absolute():
        return xdg / "shopwright"
    if home is None:
        raise SettingsError(
            f"No folder for the {what}: neither XDG_{name}_HOME nor HOME is set.",
            where=f"{PREFIX}{name}",
            remedy="Set it to a folder that may be written.",
        )
    return Path(home, *below_home, "shopwright")


def number(given: Mapping[str, str], name: str, default: int, bounds: tuple[int, int]) -> int:
    """A whole number within ``bounds``, both inclusive. Raises ``SettingsError``."""
    text, (least, most) = given.get(f"{PREFIX}{name}"), bounds
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most:
        return int(text)
    raise unusable(f"{PREFIX}{name}", text, f"a whole number from {least} to {most}")


def truth(given: Mapping[str, str], name: str, default: str = "no") -> bool:
    """Yes or no, in one of the words for it; ``name`` with its prefix. Raises ``SettingsError``."""
    text = given.get(name, default)
    if text.lower() not in _TRUTHS:
        raise unusable(name, text, "yes or no")
    return _TRUTHS[text.lower()]


def path(given: Mapping[str, str], name: str) -> Path | None:
    """The place named, absolute."""
    named = given.get(f"{PREFIX}{name}")
    return Path(named).absolute() if named else None


def unusable(name: str, text: str, allowed: str) -> SettingsError:
    """What is said of a value that a variable cannot hold."""
    return SettingsError(f"{text[:80]!r} cannot be used.", where=name, remedy=f"Set it to {allowed}.")
