import datetime as dt
from uuid import uuid4

import orjson
import pytest
from tests.unit.multi_tenant.domains.name_server import name_server

from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.domains import TenantDomains, usual_prover
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant import tenant_of
from shopwright.errors import SettingsError, TenantError
from shopwright.multi_tenant.domains.dns_texts import DnsTexts
from shopwright.multi_tenant.domains.documents import CLAIMS
from shopwright.multi_tenant.domains.proof import Proof, Prover
from shopwright.multi_tenant.domains.repository.domains import GRACE
from shopwright.settings import DatabaseSettings, Secret
from shopwright.storage.exchange import MARK
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.signing import load_signer

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.fixture
async def platform(mongo_uri, tmp_path):
    async with open_platform(DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo")) as platform:
        yield platform


@pytest.fixture
async def tenants(platform):
    names = [f"test-{uuid4().hex}" for _ in range(2)]
    for name in names:
        async with tenant_of(platform, name):
            pass
    yield names
    for name in names:
        await TenantDomains(platform, "ann", NOW).domains.forget(name)


@pytest.fixture
def zone():
    return {}


@pytest.fixture
def domains(platform, zone):
    with name_server(zone) as port:
        yield lambda at=NOW, fetch=lambda address: b"": TenantDomains(
            platform, "ann", at, Prover(DnsTexts("127.0.0.1", port), fetch)
        )


@pytest.fixture
def name():
    return f"{uuid4().hex}.org"


def put(zone, claim):
    record, text = Proof(claim.domain, claim.token).record
    zone.setdefault(record, []).append(text)


async def test_a_domain_is_proved_by_dns_before_it_is_held(domains, tenants, zone, name, platform):
    luna, _ = tenants
    claim = await domains().claim(luna, name.upper(), "main")
    with pytest.raises(TenantError, match="the proof is not found") as caught:
        await domains().prove(luna, name)
    assert claim.token in caught.value.remedy
    assert await domains().domains.held(luna) == []
    put(zone, claim)
    assert await domains().prove(luna, name) == "dns"
    assert [each.id for each in await domains().domains.held(luna)] == [name]
    assert await domains().release(luna, name)
    async with platform.tenants.tenant(luna) as database:
        events = [orjson.loads(line) async for line in AuditTrail(database).lines()]
    assert [(each["event.action"], each["event.outcome"]) for each in events] == [
        ("domain.claim", "success"),
        ("domain.prove", "failure"),
        ("domain.prove", "success"),
        ("domain.release", "success"),
    ]
    assert {each["domain.name"] for each in events} == {name}


async def test_a_file_proves_it_too(domains, tenants, name):
    luna, _ = tenants
    claim = await domains().claim(luna, name, "main")
    address, content = Proof(name, claim.token).file
    files = {address: content.encode()}
    assert await domains(fetch=lambda asked: files.get(asked, b"")).prove(luna, name) == "file"


async def test_anothers_token_proves_nothing(domains, tenants, zone, name):
    luna, sol = tenants
    put(zone, await domains().claim(luna, name, "main"))
    await domains().claim(sol, name, "main")
    with pytest.raises(TenantError, match="the proof is not found"):
        await domains().prove(sol, name)
    with pytest.raises(TenantError, match="does not claim"):
        await domains().prove(sol, "never-claimed.org")


async def test_a_domain_goes_over_when_only_the_new_owner_proves_it(domains, tenants, zone, name):
    luna, sol = tenants
    for tenant in tenants:
        put(zone, await domains().claim(tenant, name, "main"))
    await domains().prove(luna, name)
    with pytest.raises(TenantError, match="another tenant has proved"):
        await domains().prove(sol, name)
    del zone[f"_shopwright.{name}"][0]
    await domains().prove(sol, name)
    assert (await domains().domains.holder(name)).tenant == sol


async def test_proofs_are_looked_for_again(domains, tenants, zone, name):
    luna, _ = tenants
    put(zone, await domains().claim(luna, name, "main"))
    await domains().prove(luna, name)
    assert await domains(NOW + GRACE).prove_again() == ([], [])
    zone.clear()
    missing, released = await domains(NOW + 2 * GRACE).prove_again()
    assert ([each.id for each in missing], released) == ([name], [])
    missing, released = await domains(NOW + 2 * GRACE + dt.timedelta(seconds=1)).prove_again()
    assert (missing, [each.id for each in released]) == ([], [name])
    assert await domains().domains.holder(name) is None


async def test_what_is_no_domain_is_not_claimed(domains, tenants):
    with pytest.raises(SettingsError, match="no public domain"):
        await domains().claim(tenants[0], "127.0.0.1", "main")


def test_usually_only_public_addresses_are_asked_for_the_file():
    assert usual_prover().fetch("http://127.0.0.1:9/") == b""


async def test_the_word_of_dns_counts_more_than_a_file_of_our_own_proxy(domains, tenants, zone, name):
    """A domain was sold and leads to our proxy: that answers for who had it, and must not keep it for them."""
    luna, sol = tenants
    old = Proof(name, (await domains().claim(luna, name, "main")).token).file[1].encode()
    assert await domains(fetch=lambda _: old).prove(luna, name) == "file"
    new = await domains().claim(sol, name, "main")
    with pytest.raises(TenantError, match="the proof is not found"):
        await domains(fetch=lambda _: old).prove(sol, name)
    put(zone, new)
    assert await domains(fetch=lambda _: old).prove(sol, name) == "dns"
    assert (await domains().domains.holder(name)).tenant == sol


async def test_one_that_cannot_be_looked_after_does_not_keep_the_others_waiting(domains, tenants, zone, name, platform):
    luna, sol = tenants
    for tenant, domain in ((luna, f"a-{name}"), (sol, f"b-{name}")):
        put(zone, await domains().claim(tenant, domain, "main"))
        await domains().prove(tenant, domain)
    await platform.control.documents(CLAIMS).delete(f"a-{name}/{luna}")  # a release was killed half way
    missing, released = await domains().prove_again()
    assert (missing, [each.id for each in released]) == ([], [f"a-{name}"])
    zone.clear()
    await platform.withdraw(sol, "main")
    missing, released = await domains(NOW + 2 * GRACE).prove_again()
    assert (missing, [each.id for each in released]) == ([], [f"b-{name}"])


async def test_what_fails_is_told(domains, tenants, name, platform):
    luna, _ = tenants
    with pytest.raises(TenantError):
        await domains().prove(luna, name)
    async with platform.tenants.tenant(luna) as database:
        (event,) = [orjson.loads(line) async for line in AuditTrail(database).lines()]
    assert (event["event.action"], event["event.outcome"]) == ("domain.prove", "failure")
    assert (event["event.reason"], event["domain.name"]) == ("tenant-error", name)


async def test_a_proxy_is_told_of_what_is_live_with_its_own_headers(domains, tenants, zone, name, tmp_path):
    luna, sol = tenants
    for tenant, domain in ((luna, f"a-{name}"), (sol, f"b-{name}")):
        put(zone, await domains().claim(tenant, domain, "main"))
        await domains().prove(tenant, domain)
    site = tmp_path / sol / "main"
    for folder in (site, tmp_path / "site"):
        for path, text in (("_headers", "/*\n  X-Mine: luna\n"), ("index.html", "x"), (f"{MARK}/manifest.jsonl", "")):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
    (site / "_headers").write_text("no rules at all")
    target = FolderObjects(tmp_path / luna / "main")
    publish(tmp_path / "site", target, load_signer(tmp_path / "key.pem"))
    a, b = [site for site in await domains().sites(tmp_path) if site.domain.endswith(name)]
    assert (a.root, a.said("others")["X-Mine"]) == (str(target.root / "live"), "luna")
    assert (b.root, "X-Mine" in b.said("others")) == (str(site), False)
