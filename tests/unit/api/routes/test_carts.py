import orjson
import pytest
from joserfc import jws
from joserfc.jwk import KeySet

from shopwright.access.roles import Role
from shopwright.access.statement import ALGORITHM

pytestmark = pytest.mark.asyncio(loop_scope="session")


def lines(*given):
    return {"lines": [{"product": product, "variant": "only", "quantity": 2, "seen": seen} for product, seen in given]}


async def checked(api, body, role=Role.VIEWER):
    return await api.ask("POST", f"/v1/tenants/{api.luna.name}/stores/carts/cart-checks", role, json=body)


@pytest.fixture(scope="module", autouse=True)
def store():
    return "carts"


async def test_a_cart_is_what_the_catalogue_says_and_signed(api):
    line = {"handle": "a", "title": "A", "variants": [{"id": "only", "price": {"amount": 500, "currency": "EUR"}}]}
    path = f"/v1/tenants/{api.luna.name}/stores/carts/imports?currency=EUR"
    headers = {"content-type": "application/jsonl"}
    await api.ask("POST", path, Role.EDITOR, content=orjson.dumps(line), headers=headers)
    answer = await checked(api, lines(("a", 1), ("none", None)))
    told = answer.json()
    assert (answer.status_code, told["ok"], told["total"], told["currency"]) == (201, False, 1_000, "EUR")
    assert [each["state"] for each in told["lines"]] == ["price_changed", "unknown"]
    keys = KeySet.import_key_set((await api.ask("GET", "/v1/jwks.json")).json())
    read = jws.deserialize_compact(told["signed"], keys, algorithms=[ALGORITHM])
    claims = orjson.loads(read.payload)
    assert {name: claims[name] for name in ("ok", "revision", "total", "lines")} == {
        name: told[name] for name in ("ok", "revision", "total", "lines")
    }
    assert (claims["iss"], claims["aud"]) == (api.parts.origin, f"{api.luna.name}/carts")
    assert claims["exp"] - claims["iat"] == 900
    assert (await checked(api, lines(("a", 500)))).json()["ok"] is True


async def test_a_market_that_is_not_there_is_refused(api):
    answer = await checked(api, {**lines(("a", 500)), "market": "Mars"})
    assert answer.status_code == 422
    assert (await checked(api, {"lines": []})).status_code == 422
