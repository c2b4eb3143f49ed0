import json
from uuid import uuid4

import pytest
from click.testing import CliRunner

from shopwright.bootstrap import domains as joined
from shopwright.cli.main import shopwright
from shopwright.errors import SettingsError, TenantError
from shopwright.multi_tenant.domains.proof import Prover

FOUND = {}


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """What is published about a domain is in ``FOUND``."""
    monkeypatch.setattr(joined, "fetch_small", lambda address, most: b"")
    monkeypatch.setattr(joined, "DnsTexts", lambda: lambda name: FOUND.get(name, ()))


def run(*words):
    result = CliRunner().invoke(shopwright, ["tenant", "domains", *words], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout


def test_from_a_claim_to_a_proxy_and_back(tenant):
    assert run(tenant) == f"{tenant}:\n  no domain\n"
    name = f"{uuid4().hex}.org"
    shown = run(tenant, "--claim", name, "--store", "main")
    assert f'TXT record _shopwright.{name}: "shopwright-domain=' in shown
    with pytest.raises(TenantError, match="the proof is not found"):
        run(tenant, "--prove", name)
    (found,) = json.loads(run(tenant, "--json"))["domains"]
    FOUND[found["record"]["name"]] = [found["record"]["text"]]
    assert f"{name}: store main, proved 20" in run(tenant, "--prove", name)
    assert f"{name} {{\n\troot * /srv/{tenant}/main\n" in run("--proxy", "caddy", "--root", "/srv/")
    assert name not in json.loads(run("--prove-again", "--json"))["missing"]
    FOUND.clear()
    assert f"{name} of {tenant}: its proof is not found" in run("--prove-again")
    assert run(tenant, "--release", name) == f"{tenant}:\n  no domain\n"
    assert name not in run("--proxy", "nginx", "--root", "/srv")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--proxy", "caddy"], "serves files from a folder"),
        ([], "nothing to do"),
        (["luna", "--claim", "luna.org"], "claimed for a store"),
    ],
)
def test_what_is_missing_is_asked_for(deployment, words, told):
    with pytest.raises(SettingsError, match=told):
        run(*words)


def test_the_usual_prover_is_real():
    assert isinstance(joined.usual_prover(), Prover)
