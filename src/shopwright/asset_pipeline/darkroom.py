"""The darkroom: an original becomes a prepared picture by one recipe, once; after that it is remembered."""

import threading
from dataclasses import dataclass
from typing import Self

from shopwright.asset_pipeline.cache import PictureCache
from shopwright.asset_pipeline.crew import Crew, PassingError, Task
from shopwright.asset_pipeline.original import Original
from shopwright.asset_pipeline.recipe import Recipe
from shopwright.asset_pipeline.rendition import PreparedPicture, Traits
from shopwright.asset_pipeline.trim import Bound
from shopwright.errors import PictureError


@dataclass(frozen=True, slots=True)
class Equipment:
    """What the darkrooms of one build share; with ``retry``, pictures found unusable before are tried again."""

    cache: PictureCache
    bound: Bound
    crew: Crew
    retry: bool = False


class Darkroom:
    """Prepares pictures by ``recipe``. Safe to call from threads."""

    def __init__(self, equipment: Equipment, recipe: Recipe) -> None:
        self._equipment = equipment
        self._recipe = recipe
        self._turns = [threading.Lock() for _ in range(256)]
        self._tried: set[str] = set()

    @classmethod
    def open(cls, equipment: Equipment, recipe: Recipe | None) -> Self | None:
        """A darkroom for ``recipe``, when there is one."""
        return cls(equipment, recipe) if recipe else None

    def recall(self, original: Original) -> PreparedPicture | None:
        """What was made of ``original`` before."""
        return self._equipment.cache.recall(self._key(original))

    def develop(self, original: Original, traits: Traits | None = None) -> tuple[PreparedPicture, bool]:
        """The prepared picture, and whether it was made now.

        Raises PictureError when it cannot be prepared, at once if that is known; StorageError when its files cannot be
        written; BuildError when no worker starts.
        """
        with self._turns[int(original.sha256[:2], 16)]:  # one picture named twice is made once
            kept = self.recall(original)
            if kept:
                return kept, False
            self._raise_if_refused(original)
            return self._make(original, traits), True

    def _raise_if_refused(self, original: Original) -> None:
        key = self._key(original)
        if not self._equipment.retry or key in self._tried:
            refusal = self._equipment.cache.refusal(key)
            if refusal:
                raise refusal
        self._tried.add(key)

    def _make(self, original: Original, traits: Traits | None) -> PreparedPicture:
        cache, key = self._equipment.cache, self._key(original)
        try:
            picture = self._equipment.crew.prepare(Task(original.path, original.sha256, self._recipe, traits))
        except PassingError:
            raise
        except PictureError as error:
            cache.refuse(key, error)
            raise
        cache.keep(key, picture)
        self._equipment.bound.note(sum(rendition.bytes for rendition in picture.renditions))
        return picture

    def _key(self, original: Original) -> str:
        return f"{original.sha256}-{self._recipe.digest}"
