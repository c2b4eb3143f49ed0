"""Attacks on sign-in. Each is also made with its defence taken out, and then succeeds: so the test can fail."""

import asyncio
import re
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import pytest
from pymongo.monitoring import CommandListener
from tests.unit.bootstrap.identity.world import ELSEWHERE, EMAIL, NO_DEVICE, PARTY, PASSWORD, world_of

from shopwright.access import csrf, passkeys, redirect
from shopwright.access.csrf import Sent, csrf_token, is_forged
from shopwright.access.host import known_host, link_address
from shopwright.access.password_hash import PasswordHashes
from shopwright.access.repository.sessions import SessionRepository
from shopwright.access.repository.tries import TryRepository
from shopwright.access.token import new_token
from shopwright.access.totp import accepted_step
from shopwright.bootstrap.identity import proofs, sessions, sign_in
from shopwright.bootstrap.identity.proofs import PasskeyAnswer, TotpCode
from shopwright.database.conditions import Add
from shopwright.errors import SignInRefused
from shopwright.settings import Secret

WRONG = Secret("wrong")
OURS = "https://console.example.org"


@pytest.fixture
async def world(mongo_uri):
    async with world_of(mongo_uri) as world:
        yield world


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that were looked at."""
    seen, verify = [], PasswordHashes._verified
    monkeypatch.setattr(PasswordHashes, "_verified", lambda self, *args: seen.append(args[1]) or verify(self, *args))
    return seen


@pytest.fixture
def few(monkeypatch):
    """As many free tries of an account, and of a network, as make a quick test."""
    for name in ("ACCOUNT", "NETWORK"):
        monkeypatch.setattr(sign_in, name, replace(getattr(sign_in, name), free=8))


async def admit_everybody(*_):
    """The defence against brute force, taken out."""


async def gets_in(work):
    try:
        return await work
    except SignInRefused:
        return None


def guesses(world, count, address=ELSEWHERE, device=NO_DEVICE):
    """So many wrong passwords, then the right one."""
    passwords = [*(Secret(f"guess number {n}") for n in range(count)), PASSWORD]
    return [world.sign_in.with_password(EMAIL, each, world.client(address, device)) for each in passwords]


# Brute force


async def test_a_password_is_not_guessed(world, hashed):
    await world.add()
    assert [await gets_in(guess) for guess in guesses(world, 20)] == [None] * 21
    assert len(hashed) == 5
    with pytest.raises(SignInRefused) as refused:
        await guesses(world, 0)[0]
    assert refused.value.retry_after == 2


async def test_a_password_is_not_guessed_by_many_tries_at_once(world, hashed):
    await world.add()
    tries = (world.sign_in.with_password(EMAIL, Secret(f"guess {n}"), world.client(ELSEWHERE)) for n in range(20))
    assert await asyncio.gather(*map(gets_in, tries)) == [None] * 20
    assert len(hashed) == 5


async def test_without_counting_it_is_guessed(world, monkeypatch):
    monkeypatch.setattr(TryRepository, "admit", admit_everybody)
    await world.add()
    assert [await gets_in(guess) for guess in guesses(world, 20)][-1]


async def test_a_password_is_not_guessed_from_many_networks(world, few, hashed):
    await world.add()
    for number in range(12):
        await gets_in(guesses(world, 0, f"198.51.100.{number}")[0] if number == 11 else wrong(world, number))
    assert len(hashed) == 8


def wide(text, number):
    """The same address to who composes it (NFKC): in ``number``, each bit widens one of its letters."""
    return "".join(chr(ord(c) + 0xFEE0) if number >> place & 1 else c for place, c in enumerate(text))


async def test_another_spelling_of_an_account_has_no_tries_of_its_own(world, hashed, monkeypatch):
    await world.add()
    spelled = [wide(EMAIL, number) for number in range(20)]
    assert [await gets_in(guess(world, email)) for email in (*spelled, f"\xa0{EMAIL}", EMAIL)] == [None] * 22
    assert len(hashed) == 5
    monkeypatch.setattr(sign_in, "folded_email", lambda text: text.strip().casefold())
    assert [await gets_in(guess(world, wide(EMAIL, 64), PASSWORD))] != [None]


def guess(world, email, password=WRONG):
    return world.sign_in.with_password(email, password, world.client(ELSEWHERE))


async def test_another_spelling_gets_no_letters_of_its_own(world):
    await world.add()
    letters = [gets_in(world.passwords.ask_for_reset(wide(EMAIL, n), world.client())) for n in range(8)]
    assert len([letter for letter in await asyncio.gather(*letters) if letter]) == 3


def wrong(world, number, email=EMAIL):
    return world.sign_in.with_password(email, Secret("wrong"), world.client(f"198.51.100.{number}"))


async def test_one_network_does_not_try_one_password_on_everybody(world, few, hashed):
    for number in range(12):
        email = f"user-{number}@example.org"
        await gets_in(world.sign_in.with_password(email, PASSWORD, world.client(ELSEWHERE)))
    assert len(hashed) == 8


async def test_an_ipv6_network_counts_as_one(world, hashed):
    await world.add()
    for number in range(20):
        await gets_in(guesses(world, 0, f"2001:db8::{number:x}")[0] if number == 19 else from_v6(world, number))
    assert len(hashed) == 5


def from_v6(world, number):
    return world.sign_in.with_password(EMAIL, Secret("wrong"), world.client(f"2001:db8::{number:x}"))


async def test_nobody_locks_out_others(world, few):
    """While somebody guesses from everywhere, who has signed in before does so again; others wait a minute at most."""
    app = await world.add_app()
    whole = await world.whole(app)
    for number in range(12):
        await gets_in(wrong(world, number))
    for number in range(12, 20):
        world.later(seconds=60)
        await gets_in(wrong(world, number))
    assert (await world.whole(app, address="192.0.2.1", device=whole.device)).complete
    with pytest.raises(SignInRefused) as refused:
        await world.half(address="192.0.2.2")
    assert refused.value.retry_after <= 60
    world.later(seconds=refused.value.retry_after)
    assert await world.half(address="192.0.2.2")


async def test_the_known_browser_of_another_user_helps_nobody(world, hashed):
    app = await world.add_app("mallory@example.org")
    mine = await world.whole(app, "mallory@example.org")
    await world.add()
    hashed.clear()
    for guess in guesses(world, 20, device=mine.device):
        await gets_in(guess)
    assert len(hashed) == 5


async def test_a_second_factor_is_not_guessed(world, monkeypatch):
    """By who has found out the password: as many sign-ins as they like give no more tries."""
    app = await world.add_app()
    looked = []
    monkeypatch.setattr(proofs, "accepted_step", lambda *args: looked.append(args) or accepted_step(*args))
    codes = [f"{n:06}" for n in range(12) if f"{n:06}" != app.at(world.now)]
    assert await tried(world, [*codes[:8], app.at(world.now)]) == [None] * 9
    assert len(looked) == 5
    monkeypatch.setattr(TryRepository, "admit", admit_everybody)
    assert (await tried(world, [app.at(world.now)]))[-1]


async def tried(world, codes):
    done = []
    for code in codes:
        half = await world.half()
        proof = TotpCode(Secret(code))
        done.append(await gets_in(world.sign_in.with_second_factor(half.token, proof, world.client())))
    return done


# Replay


async def test_a_code_that_was_seen_is_worth_nothing(world, monkeypatch):
    app = await world.add_app()
    code = world.code(app)
    await world.whole(app)
    half = await world.half()
    assert await gets_in(world.sign_in.with_second_factor(half.token, code, world.client())) is None
    monkeypatch.setattr(proofs, "accepted_step", lambda secret, code, last, now: accepted_step(secret, code, 0, now))
    assert await gets_in(world.sign_in.with_second_factor(half.token, code, world.client()))


# Fixation and theft


async def test_a_token_from_before_the_second_factor_is_worth_nothing_after_it(world):
    app = await world.add_app()
    half = await world.half()
    whole = await world.sign_in.with_second_factor(half.token, world.code(app), world.client())
    assert whole.token.id != half.token.id
    assert whole.token.secret != half.token.secret
    assert await gets_in(world.sessions.caller(half.token, world.client(ELSEWHERE))) is None


async def test_without_rotation_it_would_be_the_whole_session(world, monkeypatch):
    app = await world.add_app()
    half = await world.half()
    monkeypatch.setattr(sessions, "new_token", lambda _: half.token)
    await world.sign_in.with_second_factor(half.token, world.code(app), world.client())
    assert (await world.sessions.caller(half.token, world.client(ELSEWHERE))).multi_factor


async def test_a_stolen_token_is_worth_nothing_after_sign_out(world, monkeypatch):
    app = await world.add_app()
    whole = await world.whole(app)
    await world.sessions.sign_out(whole.token, world.client())
    assert await gets_in(world.sessions.caller(whole.token, world.client(ELSEWHERE))) is None
    world.later(seconds=30)
    other = await world.whole(app)
    monkeypatch.setattr(SessionRepository, "end", _ended)
    await world.sessions.sign_out(other.token, world.client())
    assert await gets_in(world.sessions.caller(other.token, world.client(ELSEWHERE)))


async def _ended(*_):
    return True


async def test_a_stolen_token_is_worth_nothing_after_the_password_was_changed(world, monkeypatch):
    """Twice over: the sessions are removed, and were they not, they belong to an earlier epoch of the user."""
    app = await world.add_app()
    stolen = await world.whole(app)
    monkeypatch.setattr(SessionRepository, "end_all", _ended)
    user = await world.user()
    await world.identity.users.change(user, {"epoch": Add(1)})
    assert await gets_in(world.sessions.caller(stolen.token, world.client())) is None
    user = await world.user()
    await world.identity.users.change(user, {"epoch": Add(-1)})
    assert await gets_in(world.sessions.caller(stolen.token, world.client()))


async def test_a_stolen_password_adds_no_factor_of_its_own(world, monkeypatch):
    await world.add_app()
    half = await world.half(address=ELSEWHERE)
    assert await gets_in(world.factors.ask_for_passkey(half.token, world.client(ELSEWHERE))) is None
    monkeypatch.setattr(type(await world.user()), "has_second_factor", property(lambda _: False))
    assert await gets_in(world.factors.ask_for_passkey(half.token, world.client(ELSEWHERE)))


# Who is there


class Recorder(CommandListener, list):
    """Every command that is sent, and to which collection."""

    def started(self, event):
        self.append((event.command_name, event.command.get(event.command_name)))

    def succeeded(self, event):
        pass

    def failed(self, event):
        pass


async def asked_of(mongo_uri, email, hashed, **changes):
    """What a refused sign-in makes the server and the hash do."""
    recorder = Recorder()
    async with world_of(mongo_uri, listeners=[recorder]) as world:
        await world.add(**changes)
        hashed.clear()
        recorder.clear()
        assert await gets_in(world.sign_in.with_password(email, Secret("wrong"), world.client())) is None
        return list(recorder), len(hashed)


async def test_an_unknown_user_takes_the_same_work_as_a_known_one(mongo_uri, hashed, monkeypatch):
    """The same commands, and one hash: what takes the time is the same, so the time is."""
    known = await asked_of(mongo_uri, EMAIL, hashed)
    assert known[1] == 1
    assert await asked_of(mongo_uri, "nobody@example.org", hashed) == known
    assert await asked_of(mongo_uri, EMAIL, hashed, status="disabled") == known
    assert await asked_of(mongo_uri, EMAIL, hashed, password=None) == known
    verify = PasswordHashes.verify
    monkeypatch.setattr(PasswordHashes, "verify", lambda *args: verify(*args) if args[1] else _wrong())
    assert await asked_of(mongo_uri, "nobody@example.org", hashed) != known


async def _wrong():
    return False


async def test_a_forgotten_password_takes_the_same_work_whoever_asks(mongo_uri):
    commands = []
    for email in (EMAIL, "nobody@example.org"):
        recorder = Recorder()
        async with world_of(mongo_uri, listeners=[recorder]) as world:
            await world.add()
            recorder.clear()
            await world.passwords.ask_for_reset(email, world.client())
            commands.append(list(recorder))
    assert commands[0] == commands[1]


# Phishing


async def test_a_passkeys_answer_given_to_another_site_is_worth_nothing(world):
    await world.add()
    authenticator, _ = await world.add_passkey((await world.half()).token)
    for origin, lets_in in (("https://console-example.org", False), (PARTY.origin, True)):
        authenticator.origin = origin
        asked = await world.sign_in.question(world.client())
        proof = PasskeyAnswer(asked.ceremony, authenticator.get(asked.options))
        assert bool(await gets_in(world.sign_in.with_passkey(proof, world.client(ELSEWHERE)))) is lets_in


async def test_without_looking_at_the_origin_a_copy_of_our_page_would_get_in(world, monkeypatch):
    await world.add()
    authenticator, _ = await world.add_passkey((await world.half()).token)
    authenticator.origin = "https://console-example.org"
    verify = passkeys.webauthn.verify_authentication_response

    def verify_anywhere(**given):
        return verify(**{**given, "expected_origin": authenticator.origin})

    monkeypatch.setattr(passkeys.webauthn, "verify_authentication_response", verify_anywhere)
    asked = await world.sign_in.question(world.client())
    proof = PasskeyAnswer(asked.ceremony, authenticator.get(asked.options))
    assert await gets_in(world.sign_in.with_passkey(proof, world.client(ELSEWHERE)))


# Forged requests


def test_another_site_sends_nothing_in_somebodys_name(monkeypatch):
    """A form on another page, sent by a browser that has our cookie; with each defence taken out, then with both."""
    session = new_token("luna")
    forged = Sent("POST", "https://evil.example", "cross-site")
    assert is_forged(forged, session, OURS)
    monkeypatch.setattr(csrf, "_comes_from_elsewhere", lambda *_: False)
    assert is_forged(forged, session, OURS)
    assert is_forged(replace(forged, token=csrf_token(new_token("luna"))), session, OURS)
    monkeypatch.setattr(csrf, "csrf_token", lambda _: forged.token)
    assert not is_forged(forged, session, OURS)


class Everything:
    """Every name is one of ours: the defence, taken out."""

    def __contains__(self, _):
        return True


def test_a_host_header_leads_nobody_astray():
    """A letter about a forgotten password, asked for with a header that names another host."""
    assert known_host(["evil.example"], {"console.example.org"}) is None
    assert known_host(["evil.example"], Everything()) == "evil.example"
    address = link_address(OURS, "/link", new_token("luna")).text
    assert address.startswith("https://console.example.org/link#luna.")


PHISHING = (
    *("https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "/.//evil.example"),
    *("\\\\evil.example", "http:/evil.example", "/a/..//evil.example", "///evil.example"),
)


def leads_to(target):
    """The host a browser goes to from our page: it takes a backslash for a slash and leaves tabs and line ends out."""
    seen = target.replace("\\", "/").replace("\t", "").replace("\n", "")
    return urlsplit(urljoin(f"{OURS}/sign-in", seen)).netloc


def test_no_link_to_our_sign_in_leads_on_to_another_site(monkeypatch):
    """A letter with `…/sign-in?next=https://evil.example`, where a copy of our page asks for the code once more."""
    ours = urlsplit(OURS).netloc
    assert {leads_to(redirect.safe_target(target)) for target in PHISHING} == {ours}
    monkeypatch.setattr(redirect, "_PATH", re.compile(r"/.*", re.DOTALL))
    led = {target for target in PHISHING if leads_to(redirect.safe_target(target)) != ours}
    assert {"//evil.example", "/\\evil.example", "/\t/evil.example"} & led
    monkeypatch.setattr(redirect, "safe_target", lambda asked, usual="/": asked)
    assert {leads_to(redirect.safe_target(target)) for target in PHISHING} - {ours, ""} == {"evil.example"}
