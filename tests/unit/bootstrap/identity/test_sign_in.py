import asyncio
from dataclasses import replace

import pytest
from tests.unit.access.authenticator import Authenticator
from tests.unit.bootstrap.identity.world import ELSEWHERE, EMAIL, PARTY, PASSWORD

from shopwright.access.caller import Factor
from shopwright.access.password_hash import Cost, PasswordHashes
from shopwright.access.token import new_token
from shopwright.bootstrap.identity.proofs import PasskeyAnswer, RecoveryCode, TotpCode
from shopwright.errors import SignInRefused
from shopwright.performance.access_metrics import SIGN_INS
from shopwright.settings import Secret

WRONG = Secret("wrong horse battery")


async def test_a_password_is_half_a_sign_in(world):
    await world.add_app()
    half = await world.half("ADA@Example.org ")
    assert (half.complete, half.enrols) == (False, False)
    caller = await world.sessions.caller(half.token, world.client())
    assert caller.factors == {Factor.PASSWORD}
    assert not caller.multi_factor


async def test_a_second_factor_is_the_other_half(world):
    app = await world.add_app()
    whole = await world.whole(app)
    caller = await world.sessions.caller(whole.token, world.client())
    assert whole.complete
    assert caller.factors == {Factor.PASSWORD, Factor.TOTP}
    assert (caller.signed_in, caller.stepped_up) == (world.now, None)
    assert world.told() == [("factor.use", "success"), ("session.start", "success")]


@pytest.mark.parametrize("changes", [{}, {"status": "disabled"}, {"status": "invited"}, {"password": None}])
async def test_whoever_cannot_sign_in_hears_the_same(world, changes):
    await world.add(**changes)
    answers = set()
    for email, password in ((EMAIL, WRONG), ("nobody@example.org", PASSWORD), ("no address", PASSWORD)):
        with pytest.raises(SignInRefused) as refused:
            await world.sign_in.with_password(email, password, world.client())
        answers.add((str(refused.value), refused.value.retry_after))
    if changes:
        with pytest.raises(SignInRefused) as refused:
            await world.half()
        answers.add((str(refused.value), refused.value.retry_after))
    assert answers == {("Sign-in was refused. Check what you typed, or reset your password.", 0)}
    assert {event.details["event.reason"] for event in world.events} == {"password"}


async def test_nobody_is_told_what_was_typed(world):
    await world.add()
    with pytest.raises(SignInRefused):
        await world.sign_in.with_password("canary@example.org", Secret("canary canary"), world.client())
    assert "canary" not in repr(world.events)


async def test_a_wrong_second_factor_is_refused_and_told(world):
    app = await world.add_app()
    half = await world.half()
    world.later(seconds=95)
    wrong = TotpCode(Secret(app.at(world.now.timestamp() - 3_600)))
    for proof in (wrong, TotpCode(Secret("")), RecoveryCode(Secret("a-b")), PasskeyAnswer(new_token("x"), "{}")):
        with pytest.raises(SignInRefused, match="Sign-in was refused"):
            await world.sign_in.with_second_factor(half.token, proof, world.client())
    assert world.told() == [("session.refuse", "failure")] * 4
    await world.sign_in.with_second_factor(half.token, world.code(app), world.client())


async def test_a_recovery_code_is_taken_once(world):
    app = await world.add_app()
    whole = await world.whole(app)
    world.later(seconds=30)
    stepped = await world.sign_in.step_up(whole.token, world.code(app), world.client())
    codes = await world.factors.new_codes(stepped.token, world.client())
    proof = RecoveryCode(Secret(codes[4].text.upper()))
    half = await world.half()
    assert (await world.sign_in.with_second_factor(half.token, proof, world.client())).complete
    again = await world.half()
    with pytest.raises(SignInRefused):
        await world.sign_in.with_second_factor(again.token, proof, world.client())
    assert len((await world.user()).recovery) == 9


async def test_stepping_up_rotates_and_keeps_the_end(world):
    app = await world.add_app()
    whole = await world.whole(app)
    before = (await world.sessions.proved(whole.token, world.client())).session
    world.later(minutes=20)
    stepped = await world.sign_in.step_up(whole.token, world.code(app), world.client())
    proved = await world.sessions.proved(stepped.token, world.client())
    assert proved.session.ends == before.ends
    assert (proved.caller.signed_in, proved.caller.stepped_up) == (before.signed_in, world.now)
    assert proved.caller.session != before.id
    with pytest.raises(SignInRefused):
        await world.sessions.caller(whole.token, world.client())
    assert world.told()[-1] == ("session.step-up", "success")


async def test_a_passkey_signs_in_by_itself(world):
    app = await world.add_app()
    whole = await world.whole(app)
    world.later(seconds=30)
    stepped = await world.sign_in.step_up(whole.token, world.code(app), world.client())
    authenticator, _ = await world.add_passkey(stepped.token)
    asked = await world.sign_in.question(world.client())
    signed_in = await world.sign_in.with_passkey(
        PasskeyAnswer(asked.ceremony, authenticator.get(asked.options)), world.client()
    )
    caller = await world.sessions.caller(signed_in.token, world.client())
    assert (signed_in.complete, caller.factors) == (True, {Factor.PASSKEY})
    (passkey,) = (await world.user()).passkeys
    assert (passkey.name, passkey.signs, passkey.used) == ("laptop", 1, world.now)


async def test_a_passkey_is_a_second_factor_too(world):
    app = await world.add_app()
    whole = await world.whole(app)
    world.later(seconds=30)
    stepped = await world.sign_in.step_up(whole.token, world.code(app), world.client())
    authenticator, _ = await world.add_passkey(stepped.token)
    half = await world.half()
    asked = await world.sign_in.second_factor_question(half.token, world.client())
    proof = PasskeyAnswer(asked.ceremony, authenticator.get(asked.options))
    assert (await world.sign_in.with_second_factor(half.token, proof, world.client())).complete
    again = await world.half()
    with pytest.raises(SignInRefused):  # the same answer again
        await world.sign_in.with_second_factor(again.token, proof, world.client())


async def test_an_answer_counts_once_and_only_of_whom_it_was_asked(world):
    authenticator, _ = await with_passkey(world)
    asked = await world.sign_in.question(world.client())
    proof = PasskeyAnswer(asked.ceremony, authenticator.get(asked.options))
    other = await world.sign_in.question(world.client())
    for stolen in (replace(proof, ceremony=other.ceremony), replace(proof, ceremony=new_token("x"))):
        with pytest.raises(SignInRefused):
            await world.sign_in.with_passkey(stolen, world.client())
    assert (await world.sign_in.with_passkey(proof, world.client())).complete
    with pytest.raises(SignInRefused):
        await world.sign_in.with_passkey(proof, world.client())


async def test_a_question_is_answered_in_time(world):
    authenticator, _ = await with_passkey(world)
    asked = await world.sign_in.question(world.client())
    proof = PasskeyAnswer(asked.ceremony, authenticator.get(asked.options))
    world.later(minutes=10)
    with pytest.raises(SignInRefused):
        await world.sign_in.with_passkey(proof, world.client())


async def test_a_passkey_nobody_has_is_refused(world):
    await world.add_app()
    stranger = Authenticator(PARTY.origin)
    for user in (b"", b"x" * 16, bytes.fromhex((await world.user()).id)):
        stranger.user = user
        asked = await world.sign_in.question(world.client())
        with pytest.raises(SignInRefused):
            await world.sign_in.with_passkey(PasskeyAnswer(asked.ceremony, stranger.get(asked.options)), world.client())


async def with_passkey(world):
    await world.add()
    half = await world.half()
    return await world.add_passkey(half.token)


async def test_of_two_with_the_same_code_one_is_let_in(world):
    app = await world.add_app()
    halves = [await world.half() for _ in range(4)]
    tries = [world.sign_in.with_second_factor(half.token, world.code(app), world.client()) for half in halves]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["SignInRefused"] * 3 + ["SignedIn"]


async def test_cheaper_hashes_are_replaced_at_sign_in(world):
    await world.add_app()
    before = (await world.user()).password
    dearer = PasswordHashes(Cost(memory=128, passes=1, lanes=1))
    world.identity = replace(world.identity, hashes=dearer)
    await world.half()
    after = (await world.user()).password
    assert ("m=64," in before, "m=128," in after) == (True, True)
    await world.half()
    assert (await world.user()).password == after
    dearer.close()


async def test_a_browser_is_known_the_next_time(world):
    app = await world.add_app()
    whole = await world.whole(app)
    assert len(whole.device.text) == 43
    world.later(seconds=30)
    again = await world.whole(app, device=whole.device)
    assert again.device == Secret()
    world.later(seconds=30)
    assert (await world.whole(app, address=ELSEWHERE, device=Secret("invented"))).device


async def test_sign_ins_are_counted(world):
    def counted():
        series = SIGN_INS.collect().series
        return series.get(("accepted",), 0), series.get(("refused",), 0)

    accepted, refused = counted()
    await world.whole(await world.add_app())
    with pytest.raises(SignInRefused):
        await world.sign_in.with_password(EMAIL, WRONG, world.client())
    assert counted() == (accepted + 1, refused + 1)
