"""``--purge NETWORK:ID``: which CDN is told of a switch."""

import re
from urllib.parse import urlsplit

from shopwright.errors import SettingsError, StorageError
from shopwright.settings import Aws, Settings
from shopwright.storage.objects.stored import Objects
from shopwright.storage.purge.changes import Changes, changes
from shopwright.storage.purge.cloudflare import Cloudflare
from shopwright.storage.purge.cloudfront import CloudFront
from shopwright.storage.purge.fastly import Fastly
from shopwright.storage.releases.document import read_release
from shopwright.storage.releases.pointer import Pointer

Network = CloudFront | Cloudflare | Fastly

_FORM = re.compile(r"(cloudfront|cloudflare|fastly):([A-Za-z0-9]{1,64})")


def open_network(text: str, site_url: str, settings: Settings, aws: Aws) -> Network:
    """The CDN that ``text`` names, with its credentials; nothing is sent. Raises ``SettingsError``."""
    found = _FORM.fullmatch(text)
    if not found:
        remedy = "Write cloudfront:DISTRIBUTION, cloudflare:ZONE or fastly:SERVICE."
        raise SettingsError(f"{text[:80]!r} is no CDN.", where="--purge", remedy=remedy)
    kind, name = found.groups()
    if kind == "cloudfront":
        _need(bool(aws.access_key_id and aws.secret_access_key), "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
        return CloudFront(name, aws)
    if kind == "fastly":
        _need(bool(settings.fastly_token), "SHOPWRIGHT_FASTLY_TOKEN")
        return Fastly(name, settings.fastly_token)
    _need(bool(settings.cloudflare_token), "SHOPWRIGHT_CLOUDFLARE_TOKEN")
    parts = urlsplit(site_url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SettingsError(
            "Cloudflare purges whole addresses.", where="--site-url", remedy="Name the store's address."
        )
    return Cloudflare(name, settings.cloudflare_token, site_url)


def changed_since(objects: Objects, pointer: Pointer) -> Changes:
    """What is different from the release that was live before; everything, if nobody knows that one any more."""
    label = f"{pointer.release}-{pointer.sequence}"
    if not pointer.before:
        return Changes(label)
    try:
        old = read_release(objects, pointer.before[0], None)
    except StorageError:
        return Changes(label, everything=True)
    return changes(old, read_release(objects, pointer.release, None), label)


def _need(given: bool, name: str) -> None:
    if not given:
        raise SettingsError("the credentials are not set.", where=name, remedy="Set it in the environment.")
