import pyotp
import pytest
from tests.security.tenants import PARTY
from tests.unit.api.serving import utc_now

from shopwright.access.client import Client
from shopwright.access.roles import Role
from shopwright.bootstrap.identity.staff import Newcomer, Staff

pytestmark = pytest.mark.asyncio(loop_scope="session")
ORIGIN = {"origin": PARTY.origin}
PHRASE = "correct horse battery staple 7"


def browser(answer, before=None):
    """The headers of a browser after an answer."""
    cookies = dict(each.split("=", 1) for each in (before or {}).get("cookie", "").split("; ") if each)
    for each in answer.headers.get_list("set-cookie"):
        name, _, value = each.partition(";")[0].partition("=")
        cookies[name] = value
    token = answer.json().get("csrf_token") or (before or {}).get("x-csrf-token", "")
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {**ORIGIN, "cookie": cookie, "x-csrf-token": token}


async def invited(api, email, role=Role.EDITOR):
    async with api.parts.people(api.luna.name) as identity:
        newcomer = Newcomer(email, "New", role)
        return await Staff(identity, "test").invite(newcomer, Client("127.0.0.1", utc_now()))


async def enrolled(api, email):
    """Somebody who followed their invitation and set up an app: their browser, and the app."""
    letter = await invited(api, email)
    body = {"token": letter.token.value.text, "password": PHRASE}
    half = await api.ask("POST", "/v1/links", headers=ORIGIN, json=body)
    assert (half.status_code, half.json()["complete"], half.json()["enrols"]) == (201, False, True)
    shown = browser(half)
    question = await api.ask("POST", "/v1/session/app", headers=shown)
    assert question.json()["address"].startswith("otpauth://totp/")
    app = pyotp.TOTP(question.json()["secret"])
    shown = browser(question, shown)
    done = await api.ask("PUT", "/v1/session/app", headers=shown, json={"code": app.now()})
    assert done.status_code == 200, done.text
    assert done.json()["complete"]
    return browser(done, shown), app, done.json()["recovery_codes"]


async def test_from_the_invitation_to_the_end_of_the_session(api):
    shown, _, codes = await enrolled(api, "bea@luna.example")
    who = (await api.ask("GET", "/v1/session", headers=shown)).json()
    assert (who["tenant"], who["role"], who["factors"]) == (api.luna.name, "editor", ["password", "totp"])
    assert who["csrf_token"] == shown["x-csrf-token"]
    stepped = await api.ask(
        "POST", "/v1/session/second-factor", headers=shown, json={"kind": "recovery_code", "code": codes[0]}
    )
    assert stepped.json()["complete"]
    assert (await api.ask("GET", "/v1/session", headers=shown)).status_code == 401
    shown = browser(stepped, shown)
    ended = await api.ask("DELETE", "/v1/session", headers=shown)
    assert (ended.status_code, ended.headers["set-cookie"].count("Max-Age=0")) == (204, 1)
    assert (await api.ask("GET", "/v1/session", headers=shown)).status_code == 401


async def test_a_password_is_half_a_sign_in(api):
    await enrolled(api, "cid@luna.example")
    body = {"tenant": api.luna.name, "email": "cid@luna.example", "password": PHRASE}
    half = await api.ask("POST", "/v1/session", headers=ORIGIN, json=body)
    assert (half.status_code, half.json()["complete"], half.json()["enrols"]) == (201, False, False)
    shown = browser(half)
    assert (await api.ask("GET", f"/v1/tenants/{api.luna.name}/stores", headers=shown)).status_code == 403
    wrong = await api.ask("POST", "/v1/session/second-factor", headers=shown, json={"kind": "totp", "code": "000000"})
    assert wrong.status_code == 401


async def test_nobody_is_told_apart_at_sign_in(api):
    def body(tenant, email):
        return {"tenant": tenant, "email": email, "password": "wrong"}

    tried = [body(api.luna.name, "none@luna.example"), body("mars", "none@luna.example"), body("no tenant!", "x")]
    answers = [await api.ask("POST", "/v1/session", headers=ORIGIN, json=each) for each in tried]
    assert {(answer.status_code, answer.text) for answer in answers} == {(401, answers[0].text)}


async def test_signing_in_comes_from_our_own_page(api):
    body = {"tenant": api.luna.name, "email": "x@y.example", "password": "x"}
    assert (await api.ask("POST", "/v1/session", json=body)).status_code == 403
    body = {"token": "luna." + "0" * 32 + "." + "A" * 43, "password": PHRASE}
    assert (await api.ask("POST", "/v1/links", json=body)).status_code == 403


async def test_a_program_has_no_token_for_forms(api):
    answer = await api.ask("PUT", "/v1/session/app", headers=ORIGIN, json={"code": "1"})
    assert answer.status_code == 401


async def test_what_was_typed_is_not_repeated(api):
    body = {"tenant": "x", "email": "x", "password": "S3CRET" * 300}
    answer = await api.ask("POST", "/v1/session", headers=ORIGIN, json=body)
    assert answer.status_code == 422
    assert "S3CRET" not in answer.text
