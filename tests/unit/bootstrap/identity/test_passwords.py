import pytest
from tests.unit.bootstrap.identity.world import EMAIL, PASSWORD

from shopwright.access.token import new_token
from shopwright.errors import AccountError, SignInRefused, StepUpRequired
from shopwright.settings import Secret

NEW = Secret("another horse entirely")


async def test_a_password_is_changed_by_who_knows_it_and_ends_every_other_session(world):
    app = await world.add_app()
    other = await world.whole(app)
    world.later(seconds=30)
    mine = await world.whole(app)
    changed = await world.passwords.change(mine.token, PASSWORD, NEW, world.client())
    for token in (other.token, mine.token):
        with pytest.raises(SignInRefused):
            await world.sessions.caller(token, world.client())
    assert (await world.sessions.caller(changed.token, world.client())).multi_factor
    with pytest.raises(SignInRefused):
        await world.half()
    assert await world.sign_in.with_password(EMAIL, NEW, world.client())
    assert ("password.change", "success") in world.told()


async def test_a_wrong_password_changes_nothing_and_is_counted(world):
    mine = await world.whole(await world.add_app())
    for _ in range(5):
        with pytest.raises(SignInRefused, match="Sign-in was refused"):
            await world.passwords.change(mine.token, NEW, NEW, world.client())
    with pytest.raises(SignInRefused, match="Too many tries"):
        await world.passwords.change(mine.token, PASSWORD, NEW, world.client())


async def test_half_a_sign_in_changes_no_password(world):
    await world.add_app()
    with pytest.raises(StepUpRequired):
        await world.passwords.change((await world.half()).token, PASSWORD, NEW, world.client())


async def test_a_weak_password_is_refused_and_leaves_all_as_it_is(world):
    mine = await world.whole(await world.add_app())
    with pytest.raises(AccountError, match="tried first"):
        await world.passwords.change(mine.token, PASSWORD, Secret("ada@example.org"), world.client())
    await world.sessions.caller(mine.token, world.client())


async def test_a_forgotten_password_is_set_by_the_letter(world):
    app = await world.add_app()
    session = await world.whole(app)
    letter = await world.passwords.ask_for_reset(" ADA@example.org", world.client())
    assert letter.to == Secret(EMAIL)
    assert "ada" not in repr(letter)
    half = await world.passwords.set_by_link(letter.token, NEW, world.client())
    assert not half.complete
    with pytest.raises(SignInRefused):
        await world.sessions.caller(session.token, world.client())
    world.later(seconds=30)
    assert (await world.sign_in.with_second_factor(half.token, world.code(app), world.client())).complete
    assert [action for action, _ in world.told()[-4:-1]] == ["password.ask", "password.reset", "factor.use"]


async def test_a_letter_is_followed_once_and_in_time(world):
    await world.add_app()
    first = await world.passwords.ask_for_reset(EMAIL, world.client())
    second = await world.passwords.ask_for_reset(EMAIL, world.client())
    with pytest.raises(SignInRefused, match="can no longer be followed"):
        await world.passwords.set_by_link(first.token, NEW, world.client())
    await world.passwords.set_by_link(second.token, NEW, world.client())
    with pytest.raises(SignInRefused):
        await world.passwords.set_by_link(second.token, NEW, world.client())
    third = await world.passwords.ask_for_reset(EMAIL, world.client())
    world.later(minutes=30)
    with pytest.raises(SignInRefused):
        await world.passwords.set_by_link(third.token, NEW, world.client())


async def test_a_weak_password_leaves_the_letter_as_it_is(world):
    await world.add_app()
    letter = await world.passwords.ask_for_reset(EMAIL, world.client())
    with pytest.raises(AccountError):
        await world.passwords.set_by_link(letter.token, Secret("short"), world.client())
    await world.passwords.set_by_link(letter.token, NEW, world.client())


async def test_nobody_hears_whether_there_is_such_a_user(world):
    await world.add_app()
    assert await world.passwords.ask_for_reset("nobody@example.org", world.client()) is None
    for _ in range(2):
        await world.passwords.ask_for_reset("nobody@example.org", world.client())
    with pytest.raises(SignInRefused, match="Too many tries") as refused:
        await world.passwords.ask_for_reset("nobody@example.org", world.client())
    assert refused.value.retry_after == 60


async def test_a_link_of_another_tenant_or_of_nobody_leads_nowhere(world):
    await world.add_app()
    name = world.identity.database.name
    for token in (new_token(name), new_token("another")):
        with pytest.raises(SignInRefused):
            await world.passwords.set_by_link(token, NEW, world.client())
    nobody = await world.identity.links.add("reset", "0" * 32, world.now)
    with pytest.raises(SignInRefused):
        await world.passwords.set_by_link(nobody, NEW, world.client())


async def test_of_two_that_follow_at_once_one_does(world, monkeypatch):
    await world.add_app()
    letter = await world.passwords.ask_for_reset(EMAIL, world.client())
    user = await world.user()
    link = await world.identity.links.look(letter.token, world.now)
    assert link.user == user.id
    assert await world.identity.links.follow(letter.token, world.now)
    monkeypatch.setattr(type(world.identity.links), "look", lambda *_, **__: _known(link))
    with pytest.raises(SignInRefused, match="can no longer be followed"):
        await world.passwords.set_by_link(letter.token, NEW, world.client())


async def _known(link):
    return link
