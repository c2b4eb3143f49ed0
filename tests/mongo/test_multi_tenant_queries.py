"""Every method of the repositories of looks and domains, with the server's account of how it answers each command."""

import datetime as dt

from shopwright.database.migrations.run import migrate
from shopwright.multi_tenant.customisation.files import GivenFile
from shopwright.multi_tenant.customisation.look import Look
from shopwright.multi_tenant.customisation.repository.looks import LookRepository
from shopwright.multi_tenant.domains.documents import CLAIMS, DOMAINS
from shopwright.multi_tenant.domains.repository.domains import GRACE, DomainRepository

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LOGO = GivenFile("brand-0123456789abcdef.png", b"logo")


async def test_looks_and_their_files(explained):
    looks = LookRepository(explained.database)
    for number in range(20):
        await looks.put_theme(f"theme-{number}", tuple(GivenFile(f"{name}.css", b"a{}") for name in "abc"))
    await explained(looks.put_theme("mine", (GivenFile("a.css", b"a{}"),)))
    await explained(looks.change(lambda _: Look(logo=LOGO.path), (LOGO,)))
    assert (await explained(looks.look())).logo == LOGO.path
    assert await explained(looks.brand_files()) == (LOGO,)
    assert len(await explained(looks.theme_files("mine"))) == 1
    assert len(await explained(looks.themes())) == 21
    assert await explained(looks.bytes()) == 60 * 3 + 3 + 4


async def test_domains(explained):
    await migrate(explained.database, (CLAIMS, DOMAINS))
    domains = DomainRepository(explained.database)
    for number in range(30):
        claim = await domains.claim(f"tenant-{number % 5}", f"shop-{number}.org", "main", NOW)
        await domains.prove(claim, NOW)
    claim = await explained(domains.claim("luna", "luna.org", "main", NOW))
    assert await explained(domains.claimed("luna", "luna.org")) == claim
    assert await explained(domains.is_claimed("luna", "luna.org"))
    await explained(domains.prove(claim, NOW))
    held = await explained(domains.holder("luna.org"))
    assert len(await explained(domains.claims("tenant-1"))) == 6
    assert len(await explained(domains.held("tenant-1"))) == 6
    assert len(await explained(every(domains))) == 31
    assert await explained(domains.let_go(held, NOW + 2 * GRACE))
    assert await explained(domains.release("luna", "luna.org"))
    assert await explained(domains.forget("tenant-1")) == 12


async def every(domains):
    return [each async for each in domains.all()]
