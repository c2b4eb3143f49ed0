from uuid import uuid4

from tests.stores.small import product, write_source
from tests.unit.catalog.repository.shops import ANN

from shopwright.bootstrap.catalog import Catalog, open_catalog, picture_folder
from shopwright.catalog.faults import Report
from shopwright.catalog.picture_files import PREFIX
from shopwright.catalog.source import open_source
from shopwright.database.cluster import open_cluster
from shopwright.settings import DatabaseSettings, Secret


async def test_a_catalogue_with_its_pictures_in_the_state_folder(mongo_uri, tmp_path):
    settings, tenant = DatabaseSettings(Secret(mongo_uri), None, tmp_path), f"test-{uuid4().hex}"
    source = open_source(write_source(tmp_path / "source", [product("a")]))
    async with open_catalog(settings, tmp_path / "state", tenant, "luna") as catalog:
        assert isinstance(catalog, Catalog)
        await catalog.bring_in(source, ANN, Report())
        name = catalog.kept.database.raw.name
    async with open_cluster(mongo_uri) as cluster:
        await cluster.client.drop_database(name)
    kept = picture_folder(tmp_path / "state", tenant) / PREFIX
    assert len(list(kept.iterdir())) == 1
