"""Shopwright's side of the picture comparison, in a process of its own: prepares a folder's photos, prints a tally."""

import argparse
import json
from pathlib import Path

from shopwright.asset_pipeline.tally import Tally
from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.asset_pipeline.workshop import PictureOrder, PictureRequest, PictureWorkshop


def main() -> None:
    """Prepare the publishable set, or with ``--complete`` the rest after it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("photos", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--complete", action="store_true")
    asked = parser.parse_args()
    names = sorted(path.name for path in asked.photos.glob("*.jpg"))[: asked.count]
    requests = [PictureRequest(name, name) for name in names]
    tally, files = Tally(), {}
    with PictureWorkshop(TenantCache(asked.cache), PictureOrder([asked.photos], asked.workers)) as workshop:
        for _ in workshop.prepare(requests, tally):
            pass
        if asked.complete:
            for _ in workshop.complete(requests, lambda: True):
                pass
        for request, picture, _ in workshop.prepare(requests, Tally()):
            for rendition in picture.renditions if picture else ():
                files[f"{request.source}/{rendition.format}/{rendition.width}"] = str(workshop.file(rendition))
    print(json.dumps({**tally.as_json(), "files": files}))


if __name__ == "__main__":
    main()
