"""The sealed fields of one collection, on their way into the database and out of it.

What is encrypted is the value as BSON together with the place it belongs to: collection and field, and the document's
id where equal values need not look alike. Whoever can write into the database and puts one document's sealed bytes into
another, or one field's into another field, is found out; so is a value that is not sealed at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import bson
from bson.binary import Binary

from shopwright.database.encoding import CODEC, encode
from shopwright.database.encryption.field import FieldCipher, Seal
from shopwright.errors import DatabaseError, EncryptionError

SUBTYPE = 6
"""Of BSON's binary: encrypted."""

Stored = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SealedFields:
    """``seals`` are the sealed fields by stored name. Methods raise ``EncryptionError``, ``DatabaseUnavailable``."""

    collection: str
    seals: Mapping[str, Seal]
    cipher: FieldCipher | None

    def __post_init__(self) -> None:
        """Refuse to store in the clear what is declared to be sealed."""
        if self.seals and self.cipher is None:
            raise DatabaseError(
                "It has sealed fields, and this connection has no key for them",
                where=self.collection,
                remedy="Open the database through the platform.",
            )

    async def seal(self, document: Stored) -> Stored:
        """A whole document as it is stored."""
        sealed = {name: await self._sealed(name, document[name], document["_id"]) for name in self.seals}
        return {**document, **sealed}

    async def open(self, found: Mapping[str, Any]) -> Mapping[str, Any]:
        """A stored document as it was."""
        opened = {name: await self._opened(name, found[name], found["_id"]) for name in self.seals if name in found}
        return {**found, **opened}

    async def in_filter(self, filter_: Stored) -> Stored:
        """A filter on what is stored. Raises ``DatabaseError`` for a field that cannot be asked for like this."""
        if not self.seals:
            return filter_
        return {path: await self._condition(path, condition) for path, condition in filter_.items()}

    async def in_change(self, update: Stored, id_: object) -> Stored:
        """A change (``$set``, ``$inc``) of the document with this id, of what is stored. Raises as above."""
        if not self.seals:
            return update
        return {
            operator: {path: await self._changed(operator, path, value, id_) for path, value in fields.items()}
            for operator, fields in update.items()
        }

    def refuse(self, paths: Mapping[str, Any], why: str) -> None:
        """Raise ``DatabaseError`` if one of some stored paths is sealed, or lies within what is."""
        for path in paths if self.seals else ():
            if path.partition(".")[0] in self.seals:
                raise DatabaseError(why, where=f"{self.collection}.{path}")

    async def _condition(self, path: str, condition: Stored) -> Stored:
        seal = self.seals.get(path)
        if seal is None or not seal.findable or not condition.keys() <= {"$eq", "$in"}:
            self.refuse({path: condition}, "A sealed field is compared for equality only, and only if it is Findable")
            return condition
        sealed = {}
        for operator, value in condition.items():
            values = value if operator == "$in" else [value]
            each = [await self._sealed(path, one, None) for one in values]
            sealed[operator] = each if operator == "$in" else each[0]
        return sealed

    async def _changed(self, operator: str, path: str, value: object, id_: object) -> object:
        if operator != "$set" or path not in self.seals:
            self.refuse({path: value}, "A sealed field is set as a whole")
            return value
        return await self._sealed(path, value, id_)

    async def _sealed(self, name: str, value: object, id_: object) -> object:
        if value is None or self.cipher is None:
            return value
        findable = self.seals[name].findable
        plain = encode({**self._place(name, id_), "value": value}, f"{self.collection}.{name}").raw
        return await self.cipher.seal(bytes(plain), findable=findable)

    async def _opened(self, name: str, stored: object, id_: object) -> object:
        if stored is None or self.cipher is None:
            return stored
        if not isinstance(stored, Binary) or stored.subtype != SUBTYPE:
            raise self._foreign(name, "what stands there is not sealed")
        opened = bson.decode(await self.cipher.open(stored), CODEC)
        place = self._place(name, id_)
        if opened.keys() != {*place, "value"} or any(opened[part] != place[part] for part in place):
            raise self._foreign(name, "what stands there was sealed for another place")
        return opened["value"]

    def _place(self, name: str, id_: object) -> Stored:
        field = {"field": f"{self.collection}.{name}"}
        return field if self.seals[name].findable else {**field, "of": id_}

    def _foreign(self, name: str, what: str) -> EncryptionError:
        remedy = "Somebody changed the database past Shopwright: restore the document, and find out who did."
        return EncryptionError(f"The field cannot be opened: {what}", where=f"{self.collection}.{name}", remedy=remedy)
