"""The configuration of a reverse proxy before the stores: one site for each proved domain, and nothing for any other.

Each site answers with the headers of the store that is live, and to the question that proves its domain, so that a
domain that leads here stays proved. How TLS is got is told in ``docs/how-to/put-domains-before-stores.md``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shopwright.errors import SettingsError
from shopwright.multi_tenant.domains.domain import DOMAIN
from shopwright.multi_tenant.domains.proof import PATH, Proof
from shopwright.storage.delivery import delivery, is_hashed
from shopwright.storage.header_rules import HeaderRules
from shopwright.storage.media_types import all_media_types
from shopwright.storage.releases.release import Release

_FORBIDDEN = frozenset("\n\r;{}\"'\\$ \t#")
_UNSAYABLE = frozenset('"\\${}`')
"""Means something to one of the proxies inside a quoted value: such a header is left out."""

_OWN = frozenset({"content-type", "vary"})
"""What proxies say by themselves."""

_KINDS = {"assets": "assets/x", "worker": "sw.js", "others": "x"}
"""What a store's rules tell apart, and a file of each."""

Headers = Mapping[str, Mapping[str, str]]
"""The headers of each of these kinds of files."""


def headers_by(rules: HeaderRules) -> Headers:
    """The headers of a built store, whose ``_headers`` hold these rules."""
    return {kind: delivery(file, rules) for kind, file in _KINDS.items()}


def headers_in(release: Release) -> Headers:
    """The headers of a published store: those that its own files have, of each kind the first."""
    found = dict(headers_by(HeaderRules()))
    for path in sorted(release.files, reverse=True):
        kind = "assets" if is_hashed(path) else "worker" if path == _KINDS["worker"] else "others"
        found[kind] = release.files[path].headers
    return found


@dataclass(frozen=True, slots=True)
class Site:
    """A proved domain, the token of its proof, the folder of what is live there, and with which headers."""

    domain: str
    token: str
    root: str
    headers: Headers

    def said(self, kind: str) -> dict[str, str]:
        """The headers of a kind that can be said in a configuration."""
        found = self.headers[kind].items()
        return {name: value for name, value in found if name.lower() not in _OWN and _is_sayable(value)}

    @property
    def proof(self) -> str:
        """What is answered to who looks whether the domain is still its tenant's."""
        return Proof(self.domain, self.token).file[1]


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


def _is_sayable(value: str) -> bool:
    return value.isascii() and value.isprintable() and not _UNSAYABLE.intersection(value)


_CADDY_SITE = """\
http://{domain} {{
	handle {path} {{
		respond "{proof}" 200
	}}
	handle {{
		redir https://{domain}{{uri}} permanent
	}}
}}
{domain} {{
	root * {root}
	@hidden path */.* /_headers /_redirects
	error @hidden 404
	@assets path /assets/*
	header @assets {{
{assets}	}}
	@worker path /sw.js
	header @worker {{
{worker}	}}
	@others not path /assets/* /sw.js
	header @others {{
{others}	}}
	file_server {{
		precompressed br gzip
	}}
	handle_errors {{
		rewrite * /404.html
		file_server
	}}
}}
"""


def _caddy(sites: Iterable[Site]) -> str:
    """Certificates are got and renewed by Caddy itself (ACME) for exactly these names."""
    return "".join(_filled(_CADDY_SITE, site, '\t\t{} "{}"\n') for site in sites)


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
    location = {path} {{ default_type text/plain; return 200 "{proof}"; }}
    location /.well-known/acme-challenge/ {{ root /var/lib/letsencrypt; }}
    location / {{ return 301 https://{domain}$request_uri; }}
}}
server {{
    listen 443 ssl;
    server_name {domain};
    ssl_certificate /etc/letsencrypt/live/{domain}/fullchain.pem;
    ssl_certificate_key /etc/letsencrypt/live/{domain}/privkey.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    server_tokens off;
    root {root};
    disable_symlinks if_not_owner;
    absolute_redirect off;
    gzip_static on;
    index index.html;
    error_page 403 404 /404.html;
    default_type application/octet-stream;
    types {{
{types}    }}
    location ~ /\\. {{ return 404; }}
    location = /_headers {{ return 404; }}
    location = /_redirects {{ return 404; }}
    location /assets/ {{
{assets}        try_files $uri =404;
    }}
    location = /sw.js {{
{worker}        try_files $uri =404;
    }}
    location / {{
{others}        try_files $uri $uri/ =404;
    }}
}}
"""


def _nginx(sites: Iterable[Site]) -> str:
    """Certificates are got by certbot, by the challenge it lays in ``/var/lib/letsencrypt``."""
    types = "".join(f'        "{kind}" {" ".join(ends)};\n' for kind, ends in all_media_types().items())
    written_ = (_filled(_NGINX_SITE, site, '        add_header {} "{}" always;\n', types=types) for site in sites)
    return _NGINX_UNKNOWN + "".join(written_)


def _filled(form: str, site: Site, header: str, **more: str) -> str:
    said = {kind: "".join(header.format(*each) for each in site.said(kind).items()) for kind in _KINDS}
    return form.format(domain=site.domain, root=site.root, path=PATH, proof=site.proof, **said, **more)


WRITERS: Mapping[str, Write] = MappingProxyType({"caddy": _caddy, "nginx": _nginx})
