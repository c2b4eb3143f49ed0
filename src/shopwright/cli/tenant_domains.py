"""``shopwright tenant domains``: claim, prove and release domains; what a proxy before the stores is told."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from shopwright.audit.event import actor_named
from shopwright.bootstrap.domains import TenantDomains
from shopwright.bootstrap.platform import open_platform
from shopwright.cli.recording import user_name
from shopwright.cli.target import json_option, show
from shopwright.errors import SettingsError
from shopwright.multi_tenant.domains.proof import Proof
from shopwright.multi_tenant.domains.proxy import WRITERS, written
from shopwright.settings import current_database_settings

R = TypeVar("R")


@click.command()
@click.argument("tenant", required=False)
@click.option("--claim", help="Say that a domain is TENANT's; needs --store.")
@click.option("--store", help="With --claim: handle of the store that stands there.")
@click.option("--prove", help="Look for the proof of a claimed domain.")
@click.option("--release", help="Let a domain go.")
@click.option("--prove-again", is_flag=True, help="Look again for the proof of every domain of every tenant.")
@click.option("--proxy", type=click.Choice(tuple(WRITERS)), help="Print a proxy's configuration for all domains.")
@click.option("--root", help="With --proxy: folder that holds TENANT/STORE for each published store.")
@json_option
def domains(
    tenant: str | None,
    claim: str | None,
    store: str | None,
    prove: str | None,
    release: str | None,
    prove_again: bool,
    proxy: str | None,
    root: str | None,
    as_json: bool,
) -> None:
    """Show the domains of TENANT, or claim, prove or release one. Without TENANT, look after all of them."""
    if tenant is None:
        _of_all(proxy, root, prove_again=prove_again, as_json=as_json)
        return
    if claim:
        if not store:
            raise SettingsError("A domain is claimed for a store", where="--store", remedy="Name the store.")
        _with_domains(lambda domains: domains.claim(tenant, claim, store))
    if prove:
        _with_domains(lambda domains: domains.prove(tenant, prove))
    if release:
        _with_domains(lambda domains: domains.release(tenant, release))
    record = _with_domains(lambda domains: _listed(domains, tenant))
    lines = [line for each in record for line in _lines(each)] or ["  no domain"]
    show({"tenant": tenant, "domains": record}, "\n".join([f"{tenant}:", *lines]), as_json=as_json)


def _of_all(proxy: str | None, root: str | None, *, prove_again: bool, as_json: bool) -> None:
    if proxy:
        if not root:
            raise SettingsError("A proxy serves files from a folder", where="--root", remedy="Name it.")
        sites = _with_domains(lambda domains: domains.sites(Path(root)))
        click.echo(written(proxy, sites), nl=False)
        return
    if not prove_again:
        raise SettingsError("There is nothing to do", where="tenant domains", remedy="Name a tenant, or give --proxy.")
    missing, released = _with_domains(lambda domains: domains.prove_again())
    record = {"missing": [each.id for each in missing], "released": [each.id for each in released]}
    lines = [f"{each.id} of {each.tenant}: its proof is not found" for each in missing]
    lines += [f"{each.id} of {each.tenant}: released" for each in released]
    show(record, "\n".join(lines) or "Every domain is proved.", as_json=as_json)


async def _listed(domains: TenantDomains, tenant: str) -> list[dict[str, Any]]:
    held = {each.id: each for each in await domains.domains.held(tenant)}
    found = []
    for claim in await domains.domains.claims(tenant):
        proved = held[claim.domain].proved.isoformat() if claim.domain in held else None
        proof = Proof(claim.domain, claim.token)
        (name, text), (address, content) = proof.record, proof.file
        puts = {"record": {"name": name, "text": text}, "file": {"address": address, "content": content}}
        found.append({"domain": claim.domain, "store": claim.serves, "proved": proved, **puts})
    return found


def _lines(found: dict[str, Any]) -> list[str]:
    if found["proved"]:
        return [f"  {found['domain']}: store {found['store']}, proved {found['proved'][:19]} UTC"]
    record, file = found["record"], found["file"]
    return [
        f"  {found['domain']}: store {found['store']}, not proved. Put one of these, then --prove {found['domain']}:",
        f'    TXT record {record["name"]}: "{record["text"]}"',
        f"    file {file['address']}: {file['content']}",
    ]


def _with_domains(work: Callable[[TenantDomains], Awaitable[R]]) -> R:
    async def run() -> R:
        async with open_platform(current_database_settings()) as platform:
            return await work(TenantDomains(platform, actor_named(user_name()), dt.datetime.now(dt.UTC)))

    return asyncio.run(run())
