import asyncio
import datetime as dt
from dataclasses import replace

import pytest
from tests.unit.bootstrap.identity.world import EMAIL, NOW

from shopwright.access.caller import Caller, Factor
from shopwright.access.roles import Role
from shopwright.bootstrap.identity.staff import Newcomer, Staff
from shopwright.errors import AccessDenied, AccountError, AuditLogError, DocumentRefused, SignInRefused
from shopwright.settings import Secret

GRACE = "grace@example.org"
NEW = Secret("another horse entirely")


def staff_of(world, role):
    factors = frozenset({Factor.PASSKEY})
    caller = Caller("c" * 32, world.identity.database.name, role, factors, NOW, NOW, "s", None, "::1")
    return Staff(world.identity, caller)


async def test_who_is_invited_sets_a_password_then_a_factor(world):
    letter = await world.invite(GRACE)
    assert (letter.to, (await world.user(GRACE)).status) == (Secret(GRACE), "invited")
    half = await world.passwords.set_by_link(letter.token, NEW, world.client())
    assert (half.complete, half.enrols) == (False, True)
    _, enrolled = await world.add_passkey(half.token)
    assert enrolled.signed_in.complete
    assert (await world.user(GRACE)).status == "active"
    assert [action for action, _ in world.told()] == ["invitation.create", "invitation.accept", "factor.add"]
    assert {event.actor for event in world.events} == {"root", (await world.user(GRACE)).id}


async def test_an_invitation_is_sent_again_and_the_one_before_counts_no_more(world):
    first, second = await world.invite(GRACE), await world.invite(GRACE)
    with pytest.raises(SignInRefused):
        await world.passwords.set_by_link(first.token, NEW, world.client())
    await world.passwords.set_by_link(second.token, NEW, world.client())
    with pytest.raises(AccountError, match="There is a user"):
        await world.invite(GRACE)
    with pytest.raises(AccountError):
        await world.invite("not an address")


async def test_who_is_disabled_is_out_at_once(world):
    app = await world.add_app()
    await world.add("other@example.org")
    whole = await world.whole(app)
    user = await world.user()
    letter = await world.passwords.ask_for_reset(EMAIL, world.client())
    await world.staff.disable(user.id, world.client())
    with pytest.raises(SignInRefused):
        await world.sessions.caller(whole.token, world.client())
    with pytest.raises(SignInRefused):
        await world.half()
    with pytest.raises(SignInRefused):
        await world.passwords.set_by_link(letter.token, NEW, world.client())
    with pytest.raises(AccountError, match="disabled"):
        await world.staff.reset(user.id, world.client())
    await world.staff.enable(user.id, world.client())
    world.later(seconds=30)
    assert (await world.whole(app)).complete


async def test_another_role_ends_sessions_and_holds_from_then_on(world):
    app = await world.add_app()
    await world.add("other@example.org")
    whole = await world.whole(app)
    await world.staff.give_role((await world.user()).id, Role.VIEWER, world.client())
    with pytest.raises(SignInRefused):
        await world.sessions.caller(whole.token, world.client())
    world.later(seconds=30)
    again = await world.whole(app)
    assert (await world.sessions.caller(again.token, world.client())).role is Role.VIEWER


async def test_the_last_owner_stays(world):
    first, second = await world.add(), await world.add("other@example.org")
    await world.staff.disable(first.id, world.client())
    for change in (
        world.staff.disable(second.id, world.client()),
        world.staff.give_role(second.id, Role.ADMIN, world.client()),
    ):
        with pytest.raises(AccountError, match="This is the last owner"):
            await change


async def test_of_two_owners_who_take_each_others_role_at_once_one_stays(world):
    users = [await world.add(), await world.add("other@example.org")]
    tries = [world.staff.give_role(user.id, Role.VIEWER, world.client()) for user in users]
    await asyncio.gather(*tries, return_exceptions=True)
    assert "owner" in {user.role for user in await world.staff.listed()}


async def test_who_has_lost_everything_starts_over(world):
    app = await world.add_app()
    whole = await world.whole(app)
    user = await world.user()
    letter = await world.staff.reset(user.id, world.client(), factors=True)
    with pytest.raises(SignInRefused):
        await world.sessions.caller(whole.token, world.client())
    with pytest.raises(SignInRefused):
        await world.half()
    half = await world.passwords.set_by_link(letter.token, NEW, world.client())
    assert half.enrols
    assert ("factor.reset", "success") in world.told()


async def test_a_reset_of_the_password_keeps_the_factors(world):
    app = await world.add_app()
    letter = await world.staff.reset((await world.user()).id, world.client())
    half = await world.passwords.set_by_link(letter.token, NEW, world.client())
    assert not half.enrols
    assert (await world.sign_in.with_second_factor(half.token, world.code(app), world.client())).complete


async def test_nobody_gives_more_than_they_are(world):
    await world.add(role=Role.OWNER)
    owner = await world.user()
    admins = staff_of(world, Role.ADMIN)
    for change in (
        admins.invite(Newcomer(GRACE, "Grace", Role.OWNER), world.client()),
        admins.disable(owner.id, world.client()),
        admins.reset(owner.id, world.client()),
        admins.give_role(owner.id, Role.VIEWER, world.client()),
        staff_of(world, Role.EDITOR).invite(Newcomer(GRACE, "Grace", Role.OWNER), world.client()),
    ):
        with pytest.raises(AccessDenied):
            await change
    await admins.invite(Newcomer(GRACE, "Grace", Role.EDITOR), world.client())
    editor = await world.user(GRACE)
    with pytest.raises(AccessDenied):
        await admins.give_role(editor.id, Role.OWNER, world.client())


async def test_operators_are_of_the_platform_only(world):
    with pytest.raises(AccountError, match="Nobody can be operator here"):
        await world.invite(GRACE, Role.OPERATOR)


async def test_users_are_found_and_listed(world):
    await world.add()
    world.now += dt.timedelta(seconds=1)
    await world.invite(GRACE)
    assert [user.email for user in await world.staff.listed()] == [EMAIL, GRACE]
    assert (await world.staff.by_email("GRACE@example.org")).name == "Grace Hopper"
    with pytest.raises(AccountError, match="no such user"):
        await world.staff.by_email("nobody@example.org")
    with pytest.raises(AccountError, match="no such user"):
        await world.staff.disable("0" * 32, world.client())


async def test_an_operator_makes_no_owner_beside_another(world):
    """Else they would read what the tenant sells whenever they like, by an invitation of their own."""
    operator = Caller("c" * 32, "control", Role.OPERATOR, frozenset({Factor.PASSKEY}), NOW, NOW, "s", None, "::1")
    staff = Staff(world.identity, operator)
    letter = await staff.invite(Newcomer(GRACE, "Grace", Role.OWNER), world.client())
    assert await staff.invite(Newcomer(GRACE, "Grace", Role.OWNER), world.client())
    await world.add()
    with pytest.raises(AccessDenied, match="The tenant has an owner"):
        await staff.invite(Newcomer("eve@example.org", "Eve", Role.OWNER), world.client())
    assert letter.to == Secret(GRACE)
    assert len(await world.staff.listed()) == 2


@pytest.mark.parametrize("change", ["disable", "give_role", "reset", "invite"])
async def test_what_cannot_be_told_is_not_done(world, change):
    user = await world.add()
    await world.add("other@example.org")
    before = await world.staff.listed()

    async def failing(_, event, session):
        raise AuditLogError("the disk is full")

    staff = Staff(replace(world.identity, record=failing), "root")
    given = {"give_role": (user.id, Role.VIEWER), "invite": (Newcomer(GRACE, "", Role.EDITOR),)}
    with pytest.raises(AuditLogError):
        await getattr(staff, change)(*given.get(change, (user.id,)), world.client())
    assert await world.staff.listed() == before


async def test_what_cannot_be_done_is_told_as_failed(world):
    user = await world.add()
    for attempt in (
        world.staff.disable(user.id, world.client()),
        world.staff.give_role(user.id, Role.VIEWER, world.client()),
        world.staff.reset("0" * 32, world.client()),
        world.staff.invite(Newcomer(EMAIL, "", Role.VIEWER), world.client()),
        world.staff.disable("../../etc", world.client()),
    ):
        with pytest.raises((AccountError, DocumentRefused)):
            await attempt
    told = [(event.action, event.outcome, event.details["event.reason"], event.actor) for event in world.events]
    assert told == [
        ("user.disable", "failure", "account-error", "root"),
        ("user.change", "failure", "account-error", "root"),
        ("password.reset", "failure", "no-such-user", "root"),
        ("invitation.create", "failure", "account-error", "root"),
        ("user.disable", "failure", "document-refused", "root"),
    ]
    assert world.events[0].target == f"user/{user.id}"
    assert world.events[-1].target == ""


async def test_nobody_is_called_by_what_steers_a_terminal(world):
    with pytest.raises(AccountError, match="This is no name"):
        await world.staff.invite(Newcomer(GRACE, "Grace\x1b[2J", Role.EDITOR), world.client())
    assert await world.staff.listed() == []


async def test_of_two_who_accept_one_invitation_at_once_one_does(world):
    letter = await world.invite(GRACE)
    tries = [world.passwords.set_by_link(letter.token, Secret(f"{NEW.text} {n}"), world.client()) for n in range(4)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(isinstance(each, SignInRefused | AccountError) for each in done) == [False, True, True, True]
    assert len(await world.sessions.listed((await world.user(GRACE)).id)) == 1
