import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.access.authenticator import PRESENT, Authenticator

from shopwright.access.passkeys import (
    MOST_ANSWER,
    Passkey,
    RelyingParty,
    ask_for_new,
    ask_for_proof,
    claimed,
    new_passkey,
    proved,
)
from shopwright.errors import SignInRefused

PARTY = RelyingParty("console.example.org", "https://console.example.org")
USER = "0f" * 16


@pytest.fixture
def authenticator():
    return Authenticator(PARTY.origin)


@pytest.fixture
def passkey(authenticator):
    question = ask_for_new(PARTY, USER, "ada@example.org", [])
    return new_passkey(PARTY, question.challenge, authenticator.create(question.options))


def test_a_new_passkey_has_to_verify_its_user_and_to_be_found_without_a_name():
    options = json.loads(ask_for_new(PARTY, USER, "ada@example.org", ["QUJD"]).options)
    assert options["rp"] == {"name": "Shopwright", "id": "console.example.org"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert [each["id"] for each in options["excludeCredentials"]] == ["QUJD"]
    assert "ada" not in options["user"]["id"]


def test_what_it_signed_is_accepted_and_counted(authenticator, passkey):
    assert passkey.signs == 0
    for count in (1, 2):
        question = ask_for_proof(PARTY, [passkey.id])
        answer = authenticator.get(question.options)
        assert claimed(answer) == (passkey.id, USER)
        signs = proved(PARTY, question.challenge, answer, passkey)
        assert signs == count
        passkey = Passkey(passkey.id, passkey.key, signs)


def test_an_authenticator_that_does_not_count_is_accepted(authenticator, passkey):
    authenticator.counts = False
    question = ask_for_proof(PARTY)
    assert proved(PARTY, question.challenge, authenticator.get(question.options), passkey) == 0


def refused(authenticator, passkey, question=None, asked=None):
    question = question or ask_for_proof(PARTY)
    with pytest.raises(SignInRefused):
        proved(PARTY, (asked or question).challenge, authenticator.get(question.options), passkey)


def test_an_answer_for_another_origin_is_refused(authenticator, passkey):
    """Phishing: the browser says where it is."""
    authenticator.origin = "https://console.example.org.evil.example"
    refused(authenticator, passkey)


def test_an_answer_for_another_host_is_refused(authenticator, passkey):
    refused(authenticator, passkey, ask_for_proof(RelyingParty("evil.example", PARTY.origin)), None)


def test_an_answer_to_another_question_is_refused(authenticator, passkey):
    refused(authenticator, passkey, ask_for_proof(PARTY), ask_for_proof(PARTY))


def test_an_answer_without_its_user_verified_is_refused(authenticator, passkey):
    authenticator.flags = PRESENT
    refused(authenticator, passkey)


def test_an_answer_signed_by_another_key_is_refused(authenticator, passkey):
    authenticator.key = Authenticator(PARTY.origin).key
    refused(authenticator, passkey)


def test_a_copied_authenticator_is_found_out_by_its_count(authenticator, passkey):
    refused(authenticator, Passkey(passkey.id, passkey.key, 7))


def test_a_new_one_for_another_question_or_unverified_is_refused(authenticator):
    question = ask_for_new(PARTY, USER, "ada@example.org", [])
    with pytest.raises(SignInRefused):
        new_passkey(PARTY, ask_for_proof(PARTY).challenge, authenticator.create(question.options))
    authenticator.flags = PRESENT
    with pytest.raises(SignInRefused):
        new_passkey(PARTY, question.challenge, authenticator.create(question.options))


@pytest.mark.parametrize("answer", ["", "[]", "{}", "null", "{", '{"id": 1}', "x" * (MOST_ANSWER + 1)])
def test_what_no_browser_says_is_refused(answer, passkey):
    question = ask_for_proof(PARTY)
    for ask in (
        lambda: claimed(answer),
        lambda: proved(PARTY, question.challenge, answer, passkey),
        lambda: new_passkey(PARTY, question.challenge, answer),
    ):
        with pytest.raises(SignInRefused):
            ask()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = ["id", "rawId", "type", "response", "clientDataJSON", "authenticatorData", "signature", "attestationObject"]


@given(st.dictionaries(st.sampled_from(NAMES), JSON | st.dictionaries(st.sampled_from(NAMES), JSON)), st.data())
def test_whatever_is_sent_is_refused_in_our_words(answer, data):
    authenticator = Authenticator(PARTY.origin)
    question = ask_for_new(PARTY, USER, "ada@example.org", [])
    whole = json.loads(authenticator.create(question.options))
    for name in data.draw(st.sets(st.sampled_from(sorted(answer)) if answer else st.nothing())):
        whole[name] = answer[name]
    for mixed in (answer, whole):
        if mixed != json.loads(authenticator.create(question.options)):
            with pytest.raises(SignInRefused):
                new_passkey(PARTY, ask_for_proof(PARTY).challenge, json.dumps(mixed))
            with pytest.raises(SignInRefused):
                proved(PARTY, question.challenge, json.dumps(mixed), Passkey("QUJD", "QUJD", 0))
