"""Statements that others can check: JSON, signed with a key of this platform's own (JWS, RFC 7515; Ed25519, RFC 8037).

Whoever is handed one needs only the public part, which is shown as a JWK set (RFC 7517).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from shopwright.access.token import new_id
from shopwright.errors import SettingsError

ALGORITHM = "Ed25519"


@dataclass(frozen=True, slots=True)
class Statements:
    """Signs statements with one key."""

    key: OKPKey

    @property
    def public(self) -> dict[str, Any]:
        """The JWK set with which statements are checked."""
        shown = self.key.as_dict(private=False)
        return {"keys": [{**shown, "kid": self.key.thumbprint(), "alg": ALGORITHM, "use": "sig"}]}

    def signed(self, kind: str, claims: Mapping[str, Any]) -> str:
        """A statement of this kind (its ``typ``), in the compact form."""
        header = {"alg": ALGORITHM, "kid": self.key.thumbprint(), "typ": kind}
        return jws.serialize_compact(header, orjson.dumps(claims), self.key, algorithms=[ALGORITHM])


def open_statements(file: Path) -> Statements:
    """The key in a file, which is made when it is first needed. Raises ``SettingsError`` for a file that is no key."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _make(file)
        return Statements(OKPKey.import_key(orjson.loads(file.read_bytes())))
    except (OSError, JoseError, ValueError) as error:
        remedy = "Put the key back, or remove the file: a new one is made."
        raise SettingsError("It is no key that signs statements.", where=file.name, remedy=remedy) from error


def _make(file: Path) -> None:
    """Of two that make it at once, one is first; nobody ever sees half of it."""
    made = orjson.dumps(OKPKey.generate_key("Ed25519", private=True).as_dict(private=True))
    draft = file.with_name(f"{file.name}.{new_id()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(made)
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
