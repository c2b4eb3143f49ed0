"""Share pictures: what social networks show of a product, a collection and the store."""

from collections import deque
from collections.abc import Iterator
from typing import Any

import orjson

from shopwright.asset_pipeline.share import ShareLook, ShareOrder, share_source
from shopwright.asset_pipeline.workshop import PictureWorkshop
from shopwright.catalog.store import Store
from shopwright.generation.spool import Spool

Json = dict[str, Any]


def share_pictures(spool: Spool, workshop: PictureWorkshop, store: Store) -> None:
    """Draw the share picture of every picture that stands for a page; pages find it with the picture."""
    waiting: deque[tuple[str, Json]] = deque()
    for rendition in workshop.share(_orders(spool, store, waiting)):
        source, record = waiting.popleft()
        if rendition:
            shared = {"name": rendition.name, "width": rendition.width, "height": rendition.height}
            spool.set_prepared(source, orjson.dumps({**record, "share": shared}))
            spool.add_picture_files([(rendition.name, workshop.file(rendition))])


def _orders(spool: Spool, store: Store, waiting: deque[tuple[str, Json]]) -> Iterator[ShareOrder]:
    """The share picture of each picture that is in this store's own files; ``waiting`` is told of each."""
    logo = store.brand.logo.source if store.brand.logo else None
    look = ShareLook(store.brand.accent or "", _file_of(spool, logo) or "")
    alone = ShareLook(look.background)
    for source, prepared in spool.shared_pictures():
        record = orjson.loads(prepared)
        if record.get("renditions"):
            waiting.append((source, record))
            yield ShareOrder(share_source(record["renditions"]), record["color"], alone if source == logo else look)


def _file_of(spool: Spool, source: str | None) -> str | None:
    prepared = spool.prepared(source) if source else None
    renditions = orjson.loads(prepared).get("renditions") if prepared else None
    return share_source(renditions) if renditions else None
