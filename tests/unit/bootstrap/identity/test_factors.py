from dataclasses import replace

import pyotp
import pytest
from tests.unit.bootstrap.identity.world import PARTY

from shopwright.access.caller import Factor
from shopwright.access.documents import MOST_PASSKEYS
from shopwright.bootstrap.identity.factors import Factors
from shopwright.bootstrap.identity.proofs import PasskeyAnswer, TotpCode
from shopwright.errors import AccountError, AuditLogError, SignInRefused, StepUpRequired
from shopwright.settings import Secret


async def add_app(world, token):
    asked = await world.factors.ask_for_app(token, world.client())
    app = pyotp.TOTP(asked.secret.text)
    return app, await world.factors.add_app(token, asked.ceremony, Secret(app.at(world.now)), world.client())


async def stepped_up(world, app):
    whole = await world.whole(app)
    world.later(seconds=30)
    return (await world.sign_in.step_up(whole.token, world.code(app), world.client())).token


async def test_the_first_factor_is_set_up_after_the_password_and_makes_the_sign_in_whole(world):
    await world.add()
    half = await world.half()
    assert half.enrols
    app, enrolled = await add_app(world, half.token)
    assert enrolled.signed_in.complete
    assert len(enrolled.codes) == 10
    caller = await world.sessions.caller(enrolled.signed_in.token, world.client())
    assert caller.factors == {Factor.PASSWORD, Factor.TOTP}
    with pytest.raises(SignInRefused):
        await world.sessions.caller(half.token, world.client())
    world.later(seconds=30)
    assert not (await world.half()).enrols
    assert (await world.whole(app)).complete


async def test_the_code_that_set_up_the_app_does_not_sign_in(world):
    await world.add()
    app, _ = await add_app(world, (await world.half()).token)
    with pytest.raises(SignInRefused):
        await world.whole(app)


async def test_a_wrong_code_sets_up_nothing_and_ends_the_question(world):
    await world.add()
    token = (await world.half()).token
    asked = await world.factors.ask_for_app(token, world.client())
    right = Secret(pyotp.TOTP(asked.secret.text).at(world.now))
    for code in (Secret("000000") if right.text != "000000" else Secret("000001"), right):
        with pytest.raises(AccountError, match="not of this app"):
            await world.factors.add_app(token, asked.ceremony, code, world.client())
    assert not (await world.user()).has_second_factor


async def test_the_address_for_the_app_names_the_user(world):
    await world.add()
    asked = await world.factors.ask_for_app((await world.half()).token, world.client())
    assert asked.address.text.startswith("otpauth://totp/Shopwright:ada%40example.org?secret=")
    assert asked.secret.text not in repr(asked)


async def test_who_knows_only_the_password_adds_nothing_beside_a_factor_that_is_there(world):
    await world.add_app()
    half = (await world.half()).token
    for ask in (world.factors.ask_for_app, world.factors.ask_for_passkey, world.factors.new_codes):
        with pytest.raises(SignInRefused):
            await ask(half, world.client())
    with pytest.raises(SignInRefused):
        await world.factors.remove(half, world.client())


async def test_who_has_not_stepped_up_changes_no_factor(world):
    app = await world.add_app()
    whole = (await world.whole(app)).token
    world.later(minutes=6)
    for ask in (world.factors.ask_for_app, world.factors.ask_for_passkey, world.factors.new_codes):
        with pytest.raises(StepUpRequired):
            await ask(whole, world.client())
    world.later(seconds=30)
    stepped = await world.sign_in.step_up(whole, world.code(app), world.client())
    await world.factors.ask_for_app(stepped.token, world.client())
    world.later(minutes=6)
    with pytest.raises(StepUpRequired):
        await world.factors.ask_for_app(stepped.token, world.client())


async def test_recovery_codes_are_made_with_the_first_factor_only(world):
    await world.add()
    _, first = await add_app(world, (await world.half()).token)
    assert len(first.codes) == 10
    app = pyotp.TOTP((await world.user()).totp)
    world.later(seconds=30)
    stepped = await world.sign_in.step_up(first.signed_in.token, world.code(app), world.client())
    _, second = await world.add_passkey(stepped.token)
    assert second.codes == ()
    caller = await world.sessions.caller(second.signed_in.token, world.client())
    assert caller.factors == {Factor.PASSWORD, Factor.TOTP, Factor.PASSKEY}


async def test_a_passkey_of_another_question_or_for_the_second_time_is_refused(world):
    await world.add()
    token = (await world.half()).token
    asked = await world.factors.ask_for_app(token, world.client())
    with pytest.raises(SignInRefused):
        await world.factors.add_passkey(token, PasskeyAnswer(asked.ceremony, "{}"), "x", world.client())
    authenticator, enrolled = await world.add_passkey(token)
    stepped = await step_up_with(world, authenticator, enrolled.signed_in.token)
    again = await world.factors.ask_for_passkey(stepped, world.client())
    with pytest.raises(AccountError, match=f"{MOST_PASSKEYS} passkeys"):
        await world.factors.add_passkey(
            stepped, PasskeyAnswer(again.ceremony, authenticator.create(again.options)), "x", world.client()
        )


async def step_up_with(world, authenticator, token):
    asked = await world.sign_in.second_factor_question(token, world.client())
    proof = PasskeyAnswer(asked.ceremony, authenticator.get(asked.options))
    return (await world.sign_in.step_up(token, proof, world.client())).token


async def test_factors_are_given_up_but_for_the_last(world):
    token = await stepped_up(world, await world.add_app())
    with pytest.raises(AccountError, match="last second factor"):
        await world.factors.remove(token, world.client())
    authenticator, enrolled = await world.add_passkey(token)
    token = await step_up_with(world, authenticator, enrolled.signed_in.token)
    await world.factors.remove(token, world.client())
    user = await world.user()
    assert (user.totp, len(user.passkeys)) == (None, 1)
    with pytest.raises(AccountError):
        await world.factors.remove(token, world.client(), user.passkeys[0].id)
    assert world.told()[-1] == ("factor.remove", "success")


async def test_a_passkey_is_given_up_beside_an_app(world):
    app = await world.add_app()
    token = await stepped_up(world, app)
    authenticator, enrolled = await world.add_passkey(token)
    token = await step_up_with(world, authenticator, enrolled.signed_in.token)
    await world.factors.remove(token, world.client(), (await world.user()).passkeys[0].id)
    assert (await world.user()).passkeys == ()


async def test_secrets_of_factors_are_sealed(world):
    app = await world.add_app()
    raw = await world.identity.database.raw["users"].find_one({})
    assert raw["totp"].subtype == raw["email"].subtype == raw["password"].subtype == raw["passkeys"].subtype == 6
    assert app.secret not in repr(raw)
    assert PARTY.name == "Shopwright"
    assert "ada@example.org" not in repr(raw)


async def test_a_code_with_nothing_to_compare_it_with_is_refused(world):
    await world.add()
    half = await world.half()
    with pytest.raises(SignInRefused):
        await world.sign_in.with_second_factor(half.token, TotpCode(Secret("123456")), world.client())


async def test_recovery_codes_are_no_second_factor_of_their_own(world):
    await world.add()
    half = await world.half()
    with pytest.raises(AccountError, match="no second factor that was lost"):
        await world.factors.new_codes(half.token, world.client())
    assert (await world.user()).recovery == ()


async def test_a_factor_whose_event_cannot_be_kept_is_not_set_up(world, monkeypatch):
    await world.add()
    half = await world.half()
    asked = await world.factors.ask_for_app(half.token, world.client())
    code = Secret(pyotp.TOTP(asked.secret.text).at(world.now))
    broken = Factors(replace(world.identity, record=failing))
    with pytest.raises(AuditLogError):
        await broken.add_app(half.token, asked.ceremony, code, world.client())
    assert not (await world.user()).has_second_factor


async def failing(*_):
    raise AuditLogError("the disk is full")


async def test_a_passkey_is_named_with_what_can_be_shown(world):
    await world.add()
    half = await world.half()
    for name in ("", "x" * 101, "a\x1b[2J"):
        with pytest.raises(AccountError, match="This is no name"):
            await world.factors.add_passkey(half.token, None, name, world.client())
    asked = await world.factors.ask_for_passkey(half.token, world.client())
    assert "ada@example.org" in asked.options.replace("\\u0040", "@")
    assert "options" not in repr(asked)
