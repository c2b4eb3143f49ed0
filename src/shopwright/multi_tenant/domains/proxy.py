"""The configuration of a reverse proxy before the stores: one site for each proved domain, and nothing for any other.

How TLS is got is told in ``docs/how-to/put-domains-before-stores.md``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shopwright.errors import SettingsError
from shopwright.multi_tenant.domains.domain import DOMAIN

_FORBIDDEN = frozenset("\n\r;{}\"'\\$ \t#")


@dataclass(frozen=True, slots=True)
class Site:
    """A proved domain, and the folder of the store that stands there."""

    domain: str
    root: str


Write = Callable[[Iterable[Site]], str]


def written(kind: str, sites: Iterable[Site]) -> str:
    """The configuration for ``caddy`` or ``nginx``.

    Raises ``SettingsError`` for another, and for a name or a folder that would say more than that in it.
    """
    if kind not in WRITERS:
        raise SettingsError(f"{kind[:40]!r} is no proxy", where="--proxy", remedy=f"Give {' or '.join(WRITERS)}.")
    return WRITERS[kind](sorted(map(_plain, sites), key=lambda site: site.domain))


def _plain(site: Site) -> Site:
    if not DOMAIN.fullmatch(site.domain) or _FORBIDDEN.intersection(site.root) or not site.root.startswith("/"):
        remedy = "Give --root an absolute folder without blanks, quotes, braces, semicolons and dollars."
        raise SettingsError(
            "It cannot stand in a configuration", where=f"{site.domain} {site.root}"[:200], remedy=remedy
        )
    return site


def _caddy(sites: Iterable[Site]) -> str:
    """Certificates are got and renewed by Caddy itself (ACME) for exactly these names."""
    return "".join(
        f"{site.domain} {{\n"
        f"\troot * {site.root}\n"
        "\tfile_server {\n\t\thide .*\n\t\tprecompressed br gzip\n\t}\n"
        "\tencode gzip\n"
        '\theader Strict-Transport-Security "max-age=31536000"\n'
        "\thandle_errors {\n\t\trewrite * /404.html\n\t\tfile_server\n\t}\n"
        "}\n"
        for site in sites
    )


_NGINX_UNKNOWN = """\
server {
    listen 80 default_server;
    listen 443 ssl default_server;
    ssl_reject_handshake on;
    location /.well-known/acme-challenge/ { root /var/lib/letsencrypt; }
    location / { return 404; }
}
"""

_NGINX_SITE = """\
server {{
    listen 80;
    server_name {domain};
    location /.well-known/acme-challenge/ {{ root /var/lib/letsencrypt; }}
    location / {{ return 301 https://{domain}$request_uri; }}
}}
server {{
    listen 443 ssl;
    server_name {domain};
    ssl_certificate /etc/letsencrypt/live/{domain}/fullchain.pem;
    ssl_certificate_key /etc/letsencrypt/live/{domain}/privkey.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    add_header Strict-Transport-Security "max-age=31536000" always;
    root {root};
    disable_symlinks if_not_owner;
    index index.html;
    error_page 404 /404.html;
    location ~ /\\. {{ return 404; }}
    location / {{ try_files $uri $uri/index.html =404; }}
}}
"""


def _nginx(sites: Iterable[Site]) -> str:
    """Certificates are got by certbot, by the challenge it lays in ``/var/lib/letsencrypt``."""
    return _NGINX_UNKNOWN + "".join(_NGINX_SITE.format(domain=site.domain, root=site.root) for site in sites)


WRITERS: Mapping[str, Write] = MappingProxyType({"caddy": _caddy, "nginx": _nginx})
