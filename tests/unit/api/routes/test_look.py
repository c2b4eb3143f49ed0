import io
import zipfile

import pytest

from shopwright.access.roles import Role
from shopwright.template_engine.theme import builtin_themes

pytestmark = pytest.mark.asyncio(loop_scope="session")
MERGE = {"content-type": "application/merge-patch+json"}


async def test_the_brand_is_changed_in_part(api):
    base = f"/v1/tenants/{api.luna.name}/brand"
    changed = await api.ask("PATCH", base, Role.ADMIN, headers=MERGE, content='{"accent": "#0f766e"}')
    assert changed.json()["look"]["accent"] == "#0f766e", changed.text
    assert (await api.ask("GET", base, Role.VIEWER)).json()["look"]["accent"] == "#0f766e"
    for body in ('{"logo": "brand-x.png"}', '{"other": 1}', '{"accent": "red"}'):
        refused = await api.ask("PATCH", base, Role.ADMIN, headers=MERGE, content=body)
        assert refused.status_code == 422
    cleared = await api.ask("PATCH", base, Role.ADMIN, headers=MERGE, content='{"accent": null}')
    assert cleared.json()["look"]["accent"] is None


def packed(folder, name):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            text = path.read_bytes()
            if path.name == "theme.yaml":
                text = text.replace(f"name: {folder.name}".encode(), f"name: {name}".encode())
            archive.writestr(path.relative_to(folder).as_posix(), text)
    return file.getvalue()


async def test_a_folder_that_is_no_theme_is_refused(api):
    base, headers = f"/v1/tenants/{api.luna.name}/themes", {"content-type": "application/zip"}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "x")
    answer = await api.ask("POST", base, Role.ADMIN, headers=headers, content=file.getvalue())
    assert answer.status_code in (201, 422)
    assert answer.status_code == 422 or answer.json()["kept"] is False
    assert (await api.ask("GET", base, Role.VIEWER)).json()["items"] == []
    assert builtin_themes()


async def test_a_domain_is_claimed_and_let_go(api):
    base = f"/v1/tenants/{api.luna.name}/domains"
    claimed = await api.ask("POST", base, Role.ADMIN, json={"domain": "shop.luna.example.org", "store": "shop"})
    assert claimed.status_code == 201, claimed.text
    (listed,) = (await api.ask("GET", base, Role.VIEWER)).json()["items"]
    assert (listed["domain"], listed["store"], listed["proved"]) == ("shop.luna.example.org", "shop", None)
    assert len(listed["record"]) == len(listed["file"]) == 2
    assert (await api.ask("DELETE", f"{base}/shop.luna.example.org", Role.ADMIN)).status_code == 204
    assert (await api.ask("DELETE", f"{base}/shop.luna.example.org", Role.ADMIN)).status_code == 404
    unclaimed = await api.ask("POST", f"{base}/shop.luna.example.org/proof", Role.ADMIN)
    assert unclaimed.status_code == 409
