import pytest

from shopwright.access.roles import Role

pytestmark = pytest.mark.asyncio(loop_scope="session")
MERGE = {"content-type": "application/merge-patch+json"}


@pytest.fixture(scope="module")
def base(api):
    return f"/v1/tenants/{api.luna.name}/stores"


async def test_stores_are_listed(api, base):
    await _three(api, base)
    handles, after = [], ""
    while after is not None:
        answer = (await api.ask("GET", f"{base}?limit=1&after={after}", Role.VIEWER)).json()
        handles += [each["handle"] for each in answer["items"]]
        after = answer["next"]
    assert {"paged", "shop"} <= set(handles)
    assert handles == sorted(set(handles))


async def _three(api, base):
    lines = "\n".join(
        f'{{"handle": "f{number}", "title": "Frame {number}", "brand": "Alba", "variants": '
        f'[{{"id": "only", "sku": "N-{number}", "price": {{"amount": {number}00, "currency": "EUR"}}}}]}}'
        for number in (1, 2, 3)
    )
    headers = {"content-type": "application/jsonl"}
    answer = await api.ask("POST", f"{base}/paged/imports?currency=EUR", Role.EDITOR, content=lines, headers=headers)
    assert answer.status_code == 201, answer.text


async def test_pages_show_one_revision_and_fit_together(api, base):
    await _three(api, base)
    first = (await api.ask("GET", f"{base}/paged/products?limit=2", Role.VIEWER)).json()
    await api.ask("DELETE", f"{base}/paged/products/f3", Role.EDITOR)
    query = {"limit": 2, "after": first["next"]}
    second = (await api.ask("GET", f"{base}/paged/products", Role.VIEWER, params=query)).json()
    assert [each["handle"] for each in first["items"] + second["items"]] == ["f1", "f2", "f3"]
    assert second["next"] is None
    now = (await api.ask("GET", f"{base}/paged/products", Role.VIEWER)).json()
    assert [each["handle"] for each in now["items"]] == ["f1", "f2"]
    restored = await api.ask("POST", f"{base}/paged/products/f3/restoration", Role.EDITOR)
    assert restored.json()["revision"]["act"] == "restore"
    bad = await api.ask("GET", f"{base}/paged/products?after=xyz", Role.VIEWER)
    assert bad.status_code == 400


async def test_products_are_found(api, base):
    await _three(api, base)
    found = await api.ask("GET", f"{base}/paged/products/search?q=frame+2", Role.VIEWER)
    assert [each["handle"] for each in found.json()["items"]] == ["f2"]
    numbered = await api.ask("GET", f"{base}/paged/products/by-number?number=N-1", Role.VIEWER)
    assert [each["price"] for each in numbered.json()["items"]] == [100]
    branded = await api.ask("GET", f"{base}/paged/products?brand=None", Role.VIEWER)
    assert branded.json()["items"] == []


async def test_a_product_is_changed_as_it_was_read(api, base):
    path = f"{base}/shop/products/{api.luna.product}"
    read = await api.ask("GET", path, Role.EDITOR)
    known = await api.ask("GET", path, Role.EDITOR, headers={"if-none-match": read.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    match = {**MERGE, "if-match": read.headers["etag"]}
    changed = await api.ask("PATCH", path, Role.EDITOR, headers=match, content='{"title": "Oval"}')
    assert changed.json()["revision"]["changed"] == 1
    late = await api.ask("PATCH", path, Role.EDITOR, headers=match, content='{"title": "Late"}')
    assert (late.status_code, late.json()["type"]) == (412, "urn:shopwright:problem:changed-meanwhile")
    blind = await api.ask("PATCH", path, Role.EDITOR, headers=MERGE, content='{"title": "Blind"}')
    assert blind.status_code == 428
    before = await api.ask("GET", f"{path}?revision=1", Role.EDITOR)
    assert before.json()["title"] == "Frame LUNAMARK"


@pytest.mark.parametrize(
    ("body", "status"),
    [("{}", 422), ("[]", 422), ('{"title": NaN}', 422), ("{", 422), ('{"price": 1}', 422), ("[" * 5_000, 422)],
)
async def test_what_is_no_patch_is_refused(api, base, body, status):
    path = f"{base}/shop/products/{api.luna.product}"
    read = await api.ask("GET", path, Role.EDITOR)
    match = {**MERGE, "if-match": read.headers["etag"]}
    assert (await api.ask("PATCH", path, Role.EDITOR, headers=match, content=body)).status_code == status


async def test_many_are_changed_at_once_or_none(api, base):
    await _three(api, base)
    body = {"handles": ["f1", "f2"], "patch": {"status": "draft"}}
    changed = await api.ask("POST", f"{base}/paged/product-changes", Role.EDITOR, json=body)
    assert changed.json()["revision"]["changed"] == 2
    again = await api.ask("POST", f"{base}/paged/product-changes", Role.EDITOR, json=body)
    assert again.json() == {"revision": None}
    body["handles"] = ["f1", "none"]
    assert (await api.ask("POST", f"{base}/paged/product-changes", Role.EDITOR, json=body)).status_code == 404


async def test_what_is_not_there_is_not_found(api, base):
    for path in ("none/products", "shop/products/none"):
        assert (await api.ask("GET", f"{base}/{path}", Role.VIEWER)).status_code == 404
    assert (await api.ask("GET", f"{base}/NO STORE/products", Role.VIEWER)).status_code == 422
