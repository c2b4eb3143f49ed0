import io
import zipfile

import pytest

from shopwright.access.roles import Role

pytestmark = pytest.mark.asyncio(loop_scope="session")
CSV = """Handle,Title,Vendor,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price
round,Round,Luna,true,Title,Default Title,R1,5,129.00
bad,Bad,Luna,true,Title,Default Title,B1,1,abc
"""


async def bring(api, store, content, kind="text/csv", query="", role=Role.EDITOR):
    path = f"/v1/tenants/{api.luna.name}/stores/{store}/imports{query}"
    return await api.ask("POST", path, role, content=content, headers={"content-type": kind})


async def test_a_dry_run_reports_and_changes_nothing(api):
    answer = await bring(api, "dry", CSV, query="?dry_run=true")
    told = answer.json()
    assert (answer.status_code, told["revision"], told["report"]["rows"]) == (201, None, 2)
    assert told["report"]["faults"][0]["row"] == 3
    assert (await api.ask("GET", f"/v1/tenants/{api.luna.name}/stores/dry/products", Role.VIEWER)).status_code == 404


async def test_a_file_becomes_a_catalogue_and_the_settings_stay(api):
    first = (await bring(api, "csv", CSV, query="?name=Luna+Optics&currency=EUR")).json()
    assert (first["revision"]["revision"], first["revision"]["source"]) == (1, "upload.csv")
    again = (await bring(api, "csv", CSV)).json()
    assert again["revision"] is None
    found = await api.ask("GET", f"/v1/tenants/{api.luna.name}/stores/csv/products", Role.VIEWER)
    assert {each["currency"] for each in found.json()["items"]} == {"EUR"}


async def test_a_store_folder_comes_as_a_zip(api):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("store.yaml", "name: Zip\ncurrency: EUR\n")
        archive.writestr("products.jsonl", '{"handle": "a", "title": "A", "variants": [{"id": "only"}]}\n')
    answer = await bring(api, "zip", file.getvalue(), "application/zip")
    assert answer.json()["revision"]["products"] == 1, answer.text


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ("no catalogue", "text/csv", 422),
        (b"\x00\x01", "text/csv", 422),
        ("[]", "application/jsonl", 422),
        ("PK", "application/zip", 422),
        ("x", "text/html", 415),
    ],
)
async def test_what_is_no_catalogue_is_refused_without_a_path(api, content, kind, status):
    answer = await bring(api, "none", content, kind)
    assert answer.status_code == status
    assert "/tmp" not in answer.text
    assert "shopwright-" not in answer.text


async def test_who_only_reads_imports_nothing(api):
    assert (await bring(api, "csv", CSV, role=Role.VIEWER)).status_code == 403
