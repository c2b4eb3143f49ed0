import pytest

from shopwright.access.roles import Role

pytestmark = pytest.mark.asyncio(loop_scope="session")
LINE = '{"handle": "a", "title": "%s", "variants": [{"id": "only"}]}'


async def test_a_revision_is_shown_and_taken_back(api):
    base = f"/v1/tenants/{api.luna.name}/stores/undone"
    for title in ("One", "Two"):
        headers = {"content-type": "application/jsonl"}
        await api.ask("POST", f"{base}/imports", Role.EDITOR, content=LINE % title, headers=headers)
    listed = (await api.ask("GET", f"{base}/revisions", Role.VIEWER)).json()["items"]
    assert [(each["revision"], each["act"]) for each in listed] == [(2, "import"), (1, "import")]
    changes = (await api.ask("GET", f"{base}/revisions/2/changes", Role.VIEWER)).json()["items"]
    assert changes == [{"kind": "product", "key": "a", "action": "changed", "patch": {"title": "Two"}}]
    first = (await api.ask("GET", f"{base}/revisions/1/changes?limit=1", Role.VIEWER)).json()["items"]
    assert len(first) == 1
    undone = await api.ask("POST", f"{base}/revisions/2/undo", Role.EDITOR, json={"merge": False})
    assert (undone.status_code, undone.json()["undone"]) == (201, 2)
    product = await api.ask("GET", f"{base}/products/a", Role.VIEWER)
    assert product.json()["title"] == "One"
    assert (await api.ask("GET", f"{base}/revisions/99/changes", Role.VIEWER)).status_code == 404
