"""Which kinds of documents name which: the declarations of all, read in both directions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shopwright.database.document import DocumentType, Reference
from shopwright.database.fields import stored_path
from shopwright.database.references.locks import Key
from shopwright.database.references.paths import values_at
from shopwright.errors import DatabaseError

Raw = Mapping[str, Any]
"""A document as it is stored."""

Kind = DocumentType[Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A reference and the kind of documents that makes it; fields are named as they are stored."""

    source: Kind
    reference: Reference

    @property
    def field(self) -> str:
        """Path of the reference in a document that makes it."""
        return stored_path(self.source.model, self.reference.field)

    @property
    def key_field(self) -> str:
        """Field of the named document that is named."""
        return "_id" if self.reference.key == "id" else self.reference.key

    def named(self, document: Raw) -> Iterator[Key]:
        """What a document names by this reference."""
        shared = tuple(document.get(field) for field in self.reference.within)
        for value in values_at(document, self.field):
            yield (self.reference.to, self.reference.key, *shared, value)

    def key_of(self, target: Raw) -> Key:
        """What the documents say that name ``target``."""
        shared = tuple(target.get(field) for field in self.reference.within)
        return (self.reference.to, self.reference.key, *shared, target.get(self.key_field))

    def targets(self, keys: Iterable[Key]) -> Iterator[dict[str, Any]]:
        """Filters for the documents that ``keys`` name: one for each set of shared fields."""
        groups: dict[Key, list[Any]] = {}
        for _, _, *shared, value in keys:
            groups.setdefault(tuple(shared), []).append(value)
        for shared_values, values in groups.items():
            same = dict(zip(self.reference.within, shared_values, strict=True))
            yield {**same, self.key_field: {"$in": values}, **dict(self.reference.where)}

    def sources(self, key: Key) -> dict[str, Any]:
        """The filter for the documents that name ``key``."""
        _, _, *shared, value = key
        same = dict(zip(self.reference.within, shared, strict=True))
        return {**same, self.field: value, **dict(self.source.present)}

    def __str__(self) -> str:
        return f"{self.source.name}.{self.reference.field}"


def links_of(kind: Kind) -> tuple[Link, ...]:
    """The references that documents of a kind make."""
    return tuple(Link(kind, reference) for reference in kind.references)


class ReferenceGraph:
    """Every reference that ``kinds`` declare. Raises ``DatabaseError`` for one that contradicts what it names."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        self.links = tuple(link for kind in self.kinds.values() for link in links_of(kind))
        for link in self.links:
            self._refuse_unfit(link)

    def to(self, kind: Kind) -> tuple[Link, ...]:
        """The references that name documents of a kind."""
        return tuple(link for link in self.links if link.reference.to == kind.name)

    def _refuse_unfit(self, link: Link) -> None:
        target = self.kinds.get(link.reference.to)
        if target is None:
            raise DatabaseError(f"It refers to {link.reference.to}, which is not declared", where=str(link))
        for field in (link.reference.key, *link.reference.within, *dict(link.reference.where)):
            stored_path(target.model, field)
        for field in (link.reference.field, *link.reference.within):
            stored_path(link.source.model, field)
