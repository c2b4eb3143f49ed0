from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.bootstrap.dressing import dress
from shopwright.database.migrations.run import migrate
from shopwright.multi_tenant.customisation.files import GivenFile
from shopwright.multi_tenant.customisation.look import Look
from shopwright.multi_tenant.customisation.repository.looks import LookRepository

CSS = GivenFile("theme.css", b"a{}")


async def test_an_own_theme_lies_at_a_place_that_its_content_names(tenant_database, tmp_path):
    await migrate(tenant_database, DOCUMENT_TYPES)
    looks = LookRepository(tenant_database)
    (tmp_path / "store.yaml").write_text("name: Luna\n")
    assert await dress(tenant_database, tmp_path, tmp_path / "cache") is None
    await looks.put_theme("mine", (CSS,))
    await looks.change(lambda _: Look(theme="mine"))
    (tmp_path / "store.yaml").write_text("name: Luna\n")
    first = await dress(tenant_database, tmp_path, tmp_path / "cache")
    assert await dress(tenant_database, tmp_path, tmp_path / "cache") == first
    await looks.put_theme("mine", (GivenFile("theme.css", b"b{}"),))
    second = await dress(tenant_database, tmp_path, tmp_path / "cache")
    assert second != first
    assert {first.rpartition("/")[2], second.rpartition("/")[2]} == {"mine"}
    assert tenant_database.name in first
