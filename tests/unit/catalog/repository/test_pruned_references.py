"""What a prune does to those that name a product: together with ``pruning.py`` and ``writing.py``."""

import datetime as dt

from tests.unit.catalog.repository.stored import product
from tests.unit.catalog.repository.test_reviews import review

from shopwright.bootstrap.document_types import DOCUMENT_TYPES, GRAPH, MIGRATIONS
from shopwright.catalog.documents import BY_HANDLE, PRODUCTS
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.pruning import Pruning
from shopwright.catalog.repository.reviews import ReviewRepository
from shopwright.catalog.repository.writing import writing
from shopwright.catalog.review_documents import REVIEWS
from shopwright.catalog.versions.revision import Act, Author, Counts, Kind
from shopwright.database.migrations.run import migrate
from shopwright.ml_integration.documents import EXPERIMENTS
from shopwright.ml_integration.repository import ExperimentRepository

ANA = Author("ana", dt.datetime(2026, 11, 23, tzinfo=dt.UTC))


async def test_reviews_go_with_the_last_version_of_their_product(tenant_database, tmp_path):
    await migrate(tenant_database, DOCUMENT_TYPES, MIGRATIONS)
    kept = Kept(tenant_database, "luna", PictureFiles(tmp_path), graph=GRAPH)
    async with writing(kept, ANA) as writer:
        await writer.write(Kind.PRODUCT, [product("aria"), product("nova")])
        await writer.commit(Act.IMPORT, ANA, Counts(added=2))
    await ReviewRepository(tenant_database).add(review(1, product="aria"))
    await ReviewRepository(tenant_database).add(review(2, product="nova"))
    await ExperimentRepository(tenant_database).put("luna", "x", {"control": 1}, ("aria", "nova"), ANA.at)
    async with writing(kept, ANA) as writer:
        await writer.write(Kind.PRODUCT, (), ["aria"])
        await writer.commit(Act.DELETE, ANA, Counts(deleted=1))
    reviews, experiments = tenant_database.documents(REVIEWS), tenant_database.documents(EXPERIMENTS)
    assert await reviews.get("r1") is not None  # an undo would bring its product back
    assert await Pruning(kept, ANA).run(1) == 1
    assert (await reviews.get("r1"), (await reviews.get("r2")).product) == (None, "nova")
    assert (await experiments.get("luna/x")).products == ("nova",)
    assert await tenant_database.documents(PRODUCTS).first(BY_HANDLE, kept.any_version(handle="aria")) is None
