"""``shopwright tenant delete``: everything of a tenant removed, with proof."""

import datetime as dt

import click

from shopwright.bootstrap.tenant_deletion import Deletion, Reach
from shopwright.bootstrap.tenant_life import TenantLife
from shopwright.bootstrap.tenant_places import saved_copies
from shopwright.cli.backup_place import key_to_read
from shopwright.cli.target import json_option, opened, show
from shopwright.cli.tenant_audit import place_of_heads
from shopwright.cli.tenant_work import with_tenants
from shopwright.errors import SettingsError
from shopwright.multi_tenant.deletion_report import Place, SignedReport
from shopwright.settings import current_backup_settings, current_settings
from shopwright.storage.releases.signing import load_signer


@click.command()
@click.argument("handle")
@click.option("--confirm", required=True, help="HANDLE once more: there is no way back.")
@click.option("--target", "targets", multiple=True, help="Where a store of it was published; emptied, too. Repeatable.")
@click.option("--backups", multiple=True, help="Where backups are (else SHOPWRIGHT_BACKUP_TO); repeatable.")
@json_option
def delete(handle: str, confirm: str, targets: tuple[str, ...], backups: tuple[str, ...], as_json: bool) -> None:
    """Delete the tenant HANDLE and everything of it, then look at every place where something could be left.

    The signed report of what was found is printed and kept. If it was interrupted, the same command goes on.
    """
    if confirm != handle:
        raise SettingsError("it is not the handle of the tenant.", where="--confirm", remedy="Give the handle twice.")
    reach, signer = _reach(targets, backups), load_signer(current_settings().release_key)

    async def run(life: TenantLife) -> SignedReport:
        return await Deletion(life, reach, signer).run(handle)

    signed = with_tenants(run)
    text = f"{told(signed)}\nThe signed report is {reach.report_file(handle)}."
    show(signed.model_dump(mode="json"), text, as_json=as_json)


def _reach(targets: tuple[str, ...], backups: tuple[str, ...]) -> Reach:
    settings, usual = current_settings(), current_backup_settings()
    places = backups or ((usual.to,) if usual.to else ())
    lasts = dt.timedelta(seconds=usual.every.total_seconds() * usual.keep)
    copies = [saved_copies(opened(place), key_to_read(), lasts) for place in places]
    unknown = []
    if not copies:
        unknown.append("backups: none was named, and SHOPWRIGHT_BACKUP_TO is empty")
    if not targets:
        unknown.append("published stores: no --target was named")
    stores = [opened(target) for target in targets]
    return Reach(settings.state, settings.cache, copies, stores, unknown, place_of_heads().objects)


def told(signed: SignedReport) -> str:
    """A report as text: each place in a line."""
    report = signed.report
    lines = [f"{report.tenant} is deleted. Looked at {report.looked:%Y-%m-%d %H:%M:%S} UTC:"]
    lines += [f"  {_place(place)}" for place in report.places]
    lines += [f"  not looked at: {place}" for place in report.not_looked_at]
    return "\n".join(lines)


def _place(place: Place) -> str:
    if not place.found:
        return f"{place.name}: nothing"
    until = f" Gone by {place.until:%Y-%m-%d}." if place.until else ""
    return f"{place.name}: {place.found:,}. {place.remains}{until}"
