import pytest

from shopwright.bootstrap.identity.proofs import PasskeyAnswer, Proofs, RecoveryCode, TotpCode
from shopwright.errors import SignInRefused
from shopwright.settings import Secret


async def test_a_passkey_of_another_user_is_refused(world):
    await world.add()
    authenticator, _ = await world.add_passkey((await world.half()).token)
    ada = await world.user()
    await world.add("grace@example.org")
    grace = await world.user("grace@example.org")
    proofs = Proofs(world.identity)
    asked = await proofs.ask(grace, world.client())
    with pytest.raises(SignInRefused):
        await proofs.prove(grace, PasskeyAnswer(asked.ceremony, authenticator.get(asked.options)), world.client())
    asked = await proofs.ask(ada, world.client())
    authenticator.user = bytes.fromhex(grace.id)
    with pytest.raises(SignInRefused):
        await proofs.prove(ada, PasskeyAnswer(asked.ceremony, authenticator.get(asked.options)), world.client())


async def test_who_waits_is_told_how_long_and_nothing_is_recorded(world):
    await world.add_app()
    proofs, user = Proofs(world.identity), await world.user()
    for _ in range(5):
        with pytest.raises(SignInRefused, match="Sign-in was refused"):
            await proofs.prove(user, TotpCode(Secret("nothing")), world.client())
    count = len(world.events)
    with pytest.raises(SignInRefused) as refused:
        await proofs.prove(user, RecoveryCode(Secret("nothing")), world.client())
    assert refused.value.retry_after == 15
    assert len(world.events) == count


def test_what_was_typed_is_never_shown():
    assert "canary" not in repr((TotpCode(Secret("canary")), RecoveryCode(Secret("canary"))))
