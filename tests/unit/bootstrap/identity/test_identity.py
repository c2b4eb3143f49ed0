import pytest

from shopwright.access.caller import Factor
from shopwright.bootstrap.identity.identity import refused
from shopwright.errors import AccountError


async def test_an_event_tells_ids_and_networks_and_nothing_personal(world):
    await world.identity.tell("session.start", world.client("203.0.113.77"), user="a" * 32, factor=Factor.RECOVERY_CODE)
    (event,) = world.events
    assert (event.action, event.outcome, event.actor, event.target) == (
        "session.start",
        "success",
        "a" * 32,
        f"user/{'a' * 32}",
    )
    assert event.details == {"access.factor": "recovery-code", "source.network": "203.0.113.0/24"}
    assert event.at == world.now


async def test_a_reason_is_a_refusal_and_an_actor_may_be_another(world):
    await world.identity.tell("key.revoke", world.client(), actor="root", key="b" * 32, reason="denied")
    (event,) = world.events
    assert (event.outcome, event.actor, event.target) == ("failure", "root", "")
    assert event.details["key.id"] == "b" * 32


async def test_a_user_who_is_not_there_is_told(world):
    with pytest.raises(AccountError, match="There is no such user"):
        await world.identity.user("0" * 32)


def test_there_is_one_answer_to_every_wrong_proof():
    assert str(refused()) == "Sign-in was refused. Check what you typed, or reset your password."
