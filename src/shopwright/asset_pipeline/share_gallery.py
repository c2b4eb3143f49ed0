"""The gallery of share pictures: each is drawn once of a rendition in the cache; after that it is remembered."""

import hashlib

from shopwright.asset_pipeline.crew import ShareTask
from shopwright.asset_pipeline.darkroom import Equipment
from shopwright.asset_pipeline.rendition import Rendition
from shopwright.asset_pipeline.share import ShareOrder
from shopwright.errors import PictureError


class ShareGallery:
    """Share pictures in the cache of one build. Safe to call from threads."""

    def __init__(self, equipment: Equipment) -> None:
        self._cache = equipment.cache
        self._bound = equipment.bound
        self._crew = equipment.crew

    def recall(self, order: ShareOrder) -> Rendition | None:
        """What was drawn before."""
        kept = self._cache.recall(order.key)
        return kept.renditions[0] if kept else None

    def draw(self, order: ShareOrder) -> Rendition | None:
        """Draw a share picture; none when it cannot be: the page is then shared with the rendition itself.

        Raises StorageError when its file cannot be written, BuildError when no worker starts.
        """
        path = self._cache.files / order.source[:2] / order.source
        try:
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            picture = self._crew.prepare(ShareTask(path, sha256, order))
        except (OSError, PictureError):
            return None
        self._cache.keep(order.key, picture)
        self._bound.note(picture.renditions[0].bytes)
        return picture.renditions[0]
