import datetime as dt
import json

from shopwright.access.token import Token
from shopwright.bootstrap.identity.passwords import Letter
from shopwright.cli.tenant_work import show_tenant, told, told_letters
from shopwright.multi_tenant.documents import Journal, Step, TenantDocument
from shopwright.settings import Secret

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LUNA = TenantDocument(id="luna", title="Luna", state="active", cell="main", plan="own", created=NOW, changed=NOW)
MOVING = Journal(id="0" * 32, operation="move", begun=NOW, origin="main", to="other", frozen=True)


def test_a_tenant_in_one_line():
    assert told(LUNA) == "luna  active  plan own  cell main  since 2026-11-23  Luna"


def test_what_is_half_done_is_told():
    moving = LUNA.model_copy(update={"journal": MOVING})
    assert told(moving).splitlines()[1] == (
        "  move to other begun 2026-11-23 12:00:00 UTC; steps done: none; it may only be read until that is done"
    )
    made = Journal(id="0" * 32, operation="create", begun=NOW, done=(Step(name="key", at=NOW),))
    assert told(LUNA.model_copy(update={"journal": made})).endswith(
        "create begun 2026-11-23 12:00:00 UTC; steps done: key"
    )


def test_an_invitation_is_shown_with_its_secret(capsys):
    letters = told_letters([Letter(Secret("ann@shop.example"), Token("luna", "1" * 32, Secret("s" * 43)))])
    value = f"luna.{'1' * 32}.{'s' * 43}"
    show_tenant(LUNA, as_json=False, invitations=letters)
    assert capsys.readouterr().out.splitlines()[1] == f"  invitation of ann@shop.example: {value}"
    show_tenant(LUNA, as_json=True, invitations=letters, stores=["a"])
    said = json.loads(capsys.readouterr().out)
    assert (said["invitations"], said["stores"]) == ([{"to": "ann@shop.example", "token": value}], ["a"])
