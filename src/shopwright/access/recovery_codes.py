"""One-time codes on paper, for who has lost every other second factor.

A code has 120 random bits, which is more than the 112 from which a plain hash is enough (ASVS 5.0, 6.5.2), in groups
that can be read out: small letters and digits that are not taken for one another.
"""

import secrets

from shopwright.access.token import digest
from shopwright.settings import Secret

CODES = 10
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_LETTERS, _GROUP = 24, 6


def new_recovery_codes() -> tuple[Secret, ...]:
    """Ten codes such as ``k3m9x2-…``, shown once; ``kept_code`` is what is kept of each."""
    return tuple(Secret(_grouped("".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS)))) for _ in range(CODES))


def kept_code(code: str) -> str:
    """What is kept of a code, however it is typed: spaces, hyphens and capitals do not matter."""
    return digest("".join(letter for letter in code[:100].casefold() if letter.isalnum()))


def without_code(kept: tuple[str, ...], code: str) -> tuple[str, ...] | None:
    """What is left when a code was used; None when it is none of them."""
    given = kept_code(code)
    return tuple(each for each in kept if each != given) if given in kept else None


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))
