from dataclasses import replace

import pytest
from tests.unit.access.openid.provider_server import CLIENT, SECRET, provider_server
from tests.unit.bootstrap.identity.world import NOW

from shopwright.access.caller import Factor
from shopwright.access.openid.provider import Provider
from shopwright.access.token import new_token
from shopwright.bootstrap.identity.federated import Federated
from shopwright.errors import SignInRefused, StepUpRequired
from shopwright.settings import Secret

BACK = "https://console.example.org/back"


@pytest.fixture(scope="module")
def server():
    with provider_server(NOW) as running:
        yield running


@pytest.fixture
def federated(world, server):
    server.changes = {}
    provider = Provider("example", server.issuer, CLIENT, Secret(SECRET), frozenset({"example.org"}))
    return Federated(world.identity, provider, BACK)


async def there_and_back(world, server, federated, **said):
    sent = await federated.depart(world.client())
    return await federated.arrive(sent.ceremony, {**server.let_in(sent.address), **said}, world.client())


async def test_who_was_invited_comes_in_with_the_providers_word_and_shows_a_second_factor(world, server, federated):
    await world.invite("ada@example.org")
    half = await there_and_back(world, server, federated)
    assert (half.complete, half.enrols) == (False, True)
    assert (await world.sessions.caller(half.token, world.client())).factors == {Factor.FEDERATED}
    user = await world.user()
    assert (user.status, len(user.subjects)) == ("active", 1)


async def test_the_second_time_the_provider_may_know_another_address(world, server, federated):
    app = await world.add_app()
    await there_and_back(world, server, federated)
    server.changes = {"email": "countess@example.org"}
    half = await there_and_back(world, server, federated)
    assert half.user == (await world.user()).id
    assert (await world.sign_in.with_second_factor(half.token, world.code(app), world.client())).complete


async def test_a_provider_that_is_believed_both_factors_lets_in_wholly(world, server, federated):
    await world.add()
    server.changes = {"amr": ["mfa"]}
    assert not (await there_and_back(world, server, federated)).complete
    believed = replace(federated, provider=replace(federated.provider, second_factor=True), _known={})
    whole = await there_and_back(world, server, believed)
    assert whole.complete
    assert (await world.sessions.caller(whole.token, world.client())).multi_factor
    assert world.told()[-1] == ("session.start", "success")


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "stranger@example.org"},
        {"email_verified": False},
        {"email": "ada@evil.example"},
        {"nonce": "x"},
        {"aud": "y"},
    ],
)
async def test_who_was_not_invited_or_is_not_proved_stays_out(world, server, federated, changes):
    await world.add()
    server.changes = changes
    with pytest.raises(SignInRefused):
        await there_and_back(world, server, federated)


async def test_who_is_disabled_stays_out(world, server, federated):
    await world.add(status="disabled")
    with pytest.raises(SignInRefused):
        await there_and_back(world, server, federated)
    assert world.told() == [("session.refuse", "failure")]


async def test_another_browsers_return_is_refused(world, server, federated):
    """Sign-in CSRF: somebody lets a browser arrive with a code of their own."""
    await world.add()
    mine, theirs = await federated.depart(world.client()), await federated.depart(world.client())
    with pytest.raises(SignInRefused):
        await federated.arrive(mine.ceremony, server.let_in(theirs.address), world.client())
    with pytest.raises(SignInRefused):
        await federated.arrive(new_token("x"), server.let_in(theirs.address), world.client())


async def test_a_return_counts_once(world, server, federated):
    await world.add()
    sent = await federated.depart(world.client())
    said = server.let_in(sent.address)
    await federated.arrive(sent.ceremony, said, world.client())
    with pytest.raises(SignInRefused):
        await federated.arrive(sent.ceremony, said, world.client())


async def test_a_provider_is_asked_what_it_is_once_an_hour(world, server, federated):
    server.asked.clear()
    for _ in range(2):
        await federated.depart(world.client())
    assert len(server.asked) == 1
    world.later(hours=1)
    await federated.depart(world.client())
    assert len(server.asked) == 2


async def test_an_address_that_is_none_is_nobodys(world, server, federated):
    server.changes = {"email": "a b@example.org"}
    with pytest.raises(SignInRefused, match="Sign-in was refused"):
        await there_and_back(world, server, federated)


async def test_a_stolen_session_of_a_provider_sets_up_no_factor_hours_later(world, server, federated):
    await world.add()
    server.changes = {"amr": ["mfa"]}
    believed = replace(federated, provider=replace(federated.provider, second_factor=True), _known={})
    whole = await there_and_back(world, server, believed)
    world.later(minutes=6)
    for ask in (world.factors.ask_for_app, world.factors.ask_for_passkey):
        with pytest.raises(StepUpRequired):
            await ask(whole.token, world.client())
    world.now = NOW
    assert await world.factors.ask_for_app((await there_and_back(world, server, believed)).token, world.client())


async def test_where_a_browser_is_sent_shows_no_state(world, server, federated):
    sent = await federated.depart(world.client())
    assert "state=" in sent.address
    assert sent.address not in repr(sent)
