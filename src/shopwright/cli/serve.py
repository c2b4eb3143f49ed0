"""``shopwright serve``: stores on this machine, as a CDN would give them."""

from pathlib import Path

import click

from shopwright.cli.target import opened, trusted
from shopwright.errors import SettingsError, StorageError
from shopwright.generation.manifest import site_base
from shopwright.storage.exchange import MARK
from shopwright.storage.releases.pointer import KEY
from shopwright.storage.serving.folder_site import FolderSite
from shopwright.storage.serving.hosts import Hosts, host_name, one_site
from shopwright.storage.serving.release_site import ReleaseSite
from shopwright.storage.serving.resource import Site
from shopwright.storage.serving.server import StoreServer, open_server


def start_server(site: Path, port: int) -> StoreServer:
    """A server for one built site on loopback, at ``port`` or the next free one (0: any). Raises ``SettingsError``."""
    return open_server(one_site(_folder_site(site)), port)


def open_site(named: str) -> Site:
    """The site in a built folder, or the live release of a target. Raises ``SettingsError``, ``StorageError``."""
    if named.startswith("s3:") or (Path(named) / KEY).is_file():
        return ReleaseSite(opened(named), trusted())
    return _folder_site(Path(named))


def _folder_site(site: Path) -> Site:
    if not (site / MARK).is_dir():
        raise SettingsError("there is no built store.", where=str(site), remedy="Run shopwright build first.")
    return FolderSite(site, site_base(site))


class _Root:
    """A folder with one site or target to a host name; looked into when a name is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sites: dict[str, tuple[int, Site]] = {}

    def find(self, name: str) -> Site | None:
        """The site for a name that ``host_name`` has found to be one."""
        place = self._folder / name
        try:
            if not name or not place.is_dir():
                return None
            state = place.stat().st_ino
            known = self._sites.get(name)
            if known is None or known[0] != state:  # a build exchanges the folder: its address may be another
                known = self._sites[name] = (state, open_site(str(place)))
        except (OSError, SettingsError, StorageError):
            return None
        return known[1]


def _hosts(site: Path | None, target: str, root: Path | None, named: tuple[str, ...]) -> Hosts:
    ways = [way for way in (site, target, root or named) if way]
    if len(ways) != 1:
        remedy = "Name SITE, or --from, or --root and --host."
        raise SettingsError("serve needs one thing to serve.", where="shopwright serve", remedy=remedy)
    if site or target:
        return one_site(_folder_site(site) if site else ReleaseSite(opened(target), trusted()))
    if root and not root.is_dir():
        raise SettingsError("there is no such folder.", where="--root", remedy="Name a folder of sites.")
    sites = dict(map(_host, named))
    return Hosts(sites, _Root(root).find) if root else Hosts(sites)


def _host(text: str) -> tuple[str, Site]:
    name, equals, site = text.partition("=")
    if not equals or not host_name(name):
        raise SettingsError(f"{text[:80]!r} names no host.", where="--host", remedy="Write --host shop.example=SITE.")
    return host_name(name), open_site(site)


@click.command()
@click.argument("site", required=False, type=click.Path(path_type=Path))
@click.option("--from", "target", default="", help="Serve what is live at a target: a folder, or s3://bucket/prefix.")
@click.option("--root", type=click.Path(path_type=Path), help="Serve many: a folder with one site to a host name.")
@click.option("--host", "hosts", multiple=True, metavar="NAME=SITE", help="Serve a site by a host name; repeatable.")
@click.option("--bind", default="127.0.0.1", help="Address to listen at (default: this machine only).")
@click.option("--port", default=8000, type=click.IntRange(0, 65_535), help="Port, or the next free one (0: any).")
def serve(site: Path | None, target: str, root: Path | None, hosts: tuple[str, ...], bind: str, port: int) -> None:
    """Serve SITE, a folder made by shopwright build, or what is published at a target.

    Headers, encodings, redirects and the page for what is not there are those of a CDN.
    """
    served = _hosts(site, target, root, hosts)
    only = served.find("")
    with open_server(served, port, bind) as server:
        place = f"http://{bind}:{server.server_address[1]}{only.base if only else ''}/"
        click.echo(f"The store is served. Open this address: {place}")
        click.echo("Press Ctrl-C to stop.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("Stopped.")
