"""``python -m tests.mongo.import_once URI TENANT SOURCE PICTURES``: one import, which the tests kill.

Prints ``ready`` when everything is loaded, before it begins, and ``done`` with the revision at the end.
"""

import asyncio
import sys
from functools import partial
from pathlib import Path

from tests.unit.catalog.repository.shops import ANN

from shopwright.catalog.faults import Report
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository import writing
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.source import open_source
from shopwright.database.cluster import open_cluster
from shopwright.database.lease import Leases


async def bring_in(uri: str, tenant: str, source: Path, pictures: Path) -> None:
    """Import, telling the terminal."""
    writing.Leases = partial(Leases, seconds=1.0)  # the next one need not wait for half a minute
    async with open_cluster(uri) as cluster:
        catalog = CatalogRepository(Kept(cluster.tenant(tenant), "luna", PictureFiles(pictures)))
        print("ready", flush=True)
        revision = await catalog.bring_in(open_source(source), ANN, Report())
        print("done", revision.number if revision else None, flush=True)


if __name__ == "__main__":
    asyncio.run(bring_in(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])))
