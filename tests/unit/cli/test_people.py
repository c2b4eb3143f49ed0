import datetime as dt
import json

from shopwright.access.documents import PasskeyPart, UserDocument
from shopwright.access.roles import Role
from shopwright.access.token import new_token
from shopwright.bootstrap.identity.passwords import Letter
from shopwright.cli.people import as_json_object, show_letter, told
from shopwright.settings import Secret

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def user(**changes):
    passkey = PasskeyPart(id="QUJD", key="QUJD", signs=0, name="laptop", added=NOW, used=None)
    usual = {"id": "a" * 32, "email": "ada@example.org", "name": "Ada", "role": Role.OWNER, "status": "active"}
    numbers = {"revision": 0, "epoch": 0, "totp_step": 0, "created": NOW}
    secrets = {"password": "canary", "totp": "canary", "recovery": ("c" * 64,), "passkeys": (passkey,)}
    return UserDocument(**{**usual, **numbers, **secrets, "devices": (), "subjects": (), **changes})


def test_a_user_is_told_of_without_secrets():
    assert told(user()) == f"{'a' * 32}  ada@example.org  owner  active  app, passkey laptop"
    assert "canary" not in json.dumps(as_json_object(user()))
    assert "no second factor" in told(user(totp=None, passkeys=()))


def test_a_link_is_printed_as_the_console_takes_it_or_as_a_token(capsys):
    token = new_token("luna")
    letter = Letter(Secret("ada@example.org"), token)
    show_letter(letter, "", as_json=False)
    assert capsys.readouterr().out == f"For ada@example.org only, once: {token.value.text}\n"
    show_letter(letter, "https://c.test/", as_json=True)
    assert json.loads(capsys.readouterr().out)["link"] == f"https://c.test/link#{token.value.text}"
