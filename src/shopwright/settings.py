"""The settings of this machine: read once from the environment, never changed after.

A variable is the name of its field in capitals behind ``SHOPWRIGHT_``. What belongs to one store stands in that store's
``store.yaml``, what belongs to one run is an option of the command; only what belongs to the machine is a setting.
"""

import datetime as dt
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shopwright.environment import PREFIX, duration, folder, number, path, truth, unusable
from shopwright.environment import Secret as Secret  # noqa: PLC0414 - most know it from here
from shopwright.errors import SettingsError
from shopwright.performance.cpu import usable_processors

MOST_WORKERS = 256
LEAST_MONGOD_CACHE, MOST_MONGOD_CACHE = 256, 999_999
"""Megabytes: the least MongoDB takes, and about a terabyte."""

TENANTS_PER_CELL, MOST_TENANTS_PER_CELL = 250, 10_000
"""What one server was measured to bear easily, and what nobody should ask of one."""

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Settings:
    """What Shopwright needs to know of the machine it runs on."""

    cache: Path
    """Folder for what can be made again: fetched pictures, encoded pictures."""

    state: Path
    """Folder for what must be kept: the audit log."""

    workers: int
    """Render and picture processes of one build, at least 1."""

    chromium: Path
    """The browser that draws and checks pages."""

    allow_private_addresses: bool
    """Whether pictures may be fetched from private, loopback and link-local addresses."""

    release_key: Path
    """File of the private key that signs releases; made when it is first needed."""

    trusted_keys: Path | None
    """File of public keys whose releases are trusted beside one's own."""

    cloudflare_token: Secret
    """API token that may purge a zone."""

    fastly_token: Secret
    """API token that may purge a service."""


@dataclass(frozen=True, slots=True)
class Aws:
    """How to speak to Amazon's services, or to others that speak like them: the variables of Amazon's own tools.

    Without keys, S3 also tries what the machine itself offers (web identity, container and instance roles).
    """

    region: str
    endpoint: str
    """Address of the S3 service; empty: Amazon's own."""

    cloudfront_endpoint: str
    access_key_id: str
    secret_access_key: Secret
    session_token: Secret


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """Which MongoDB is used."""

    uri: Secret
    """Connection string of a deployment of one's own; none: Shopwright runs a private server."""

    mongod: Path | None
    """Program of the private server; none: that of the extra ``embedded``, else the first on the path."""

    folder: Path
    """Where the private server keeps its data."""

    cache: int = LEAST_MONGOD_CACHE
    """Megabytes of memory the private server may keep data in."""

    user_secret: Path | None = None
    """File of the secret that the passwords of tenants' database users follow from; none: beside ``folder``."""

    tenant_users: bool = True
    """Whether each tenant has a database user of its own; else only Shopwright itself keeps tenants apart."""

    cells: Path | None = None
    """File that names further deployments tenants may live in."""

    tenants_per_cell: int = TENANTS_PER_CELL
    """Tenants that are made or moved into one deployment."""

    keys: Path | None = None
    """Folder of the files that tenants' keys are wrapped with; none: beside ``folder``."""

    kms: Path | None = None
    """File that names a key management service, which then wraps tenants' keys."""

    plans: Path | None = None
    """File of the plans that say what tenants may use; none: the built-in ones."""

    @property
    def key_folder(self) -> Path:
        """Where master keys are kept."""
        return self.keys or self.folder.with_name("keys")

    @property
    def user_secret_file(self) -> Path:
        """Where the secret of the database users is kept."""
        return self.user_secret or self.folder.with_name("database-users.key")


@cache
def current_database_settings() -> DatabaseSettings:
    """The settings of the database, read at the first call. Raises ``SettingsError``."""
    return read_database_settings(os.environ)


def read_database_settings(environ: Mapping[str, str]) -> DatabaseSettings:
    """Settings of the database from ``environ`` alone. Raises ``SettingsError`` that names the variable."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    uri = given.get("MONGODB_URI", "")
    if uri and not uri.startswith(("mongodb://", "mongodb+srv://")):
        where, remedy = "MONGODB_URI", "Set it to a connection string that begins with mongodb:// or mongodb+srv://."
        raise SettingsError("It is no connection string of MongoDB.", where=where, remedy=remedy)
    state = folder(given, "STATE", "state", (".local", "state"))
    cache = number(given, "MONGOD_CACHE", LEAST_MONGOD_CACHE, (LEAST_MONGOD_CACHE, MOST_MONGOD_CACHE))
    return DatabaseSettings(
        uri=Secret(uri),
        mongod=path(given, "MONGOD"),
        folder=state / "mongo",
        cache=cache,
        user_secret=path(given, "USER_SECRET"),
        tenant_users=truth(given, f"{PREFIX}TENANT_USERS", "yes"),
        cells=path(given, "CELLS"),
        keys=path(given, "KEYS"),
        kms=path(given, "KMS"),
        plans=path(given, "PLANS"),
        tenants_per_cell=number(given, "TENANTS_PER_CELL", TENANTS_PER_CELL, (1, MOST_TENANTS_PER_CELL)),
    )


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Where backups of the database go, how often they are made, and how many stay."""

    key: Path
    """File of the secret that backups are sealed with; made when it is first needed."""

    to: str
    """A folder or ``s3://bucket/prefix``; empty: commands say it."""

    every: dt.timedelta
    """From one snapshot to the next."""

    log_every: dt.timedelta
    """From one copy of the log to the next: what a loss of the machine costs at most."""

    keep: int
    """Snapshots that stay, at least 1."""


@cache
def current_backup_settings() -> BackupSettings:
    """The settings of backups, read at the first call. Raises ``SettingsError``."""
    return read_backup_settings(os.environ)


def read_backup_settings(environ: Mapping[str, str]) -> BackupSettings:
    """Settings of backups from ``environ`` alone. Raises ``SettingsError`` that names the variable."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    keep = given.get(f"{PREFIX}BACKUP_KEEP", "14")
    if not (keep.isascii() and keep.isdigit() and len(keep) <= 4 and int(keep)):
        raise unusable(f"{PREFIX}BACKUP_KEEP", keep, "a whole number from 1 to 9999")
    return BackupSettings(
        key=path(given, "BACKUP_KEY") or folder(given, "STATE", "state", (".local", "state")) / "backup.key",
        to=given.get(f"{PREFIX}BACKUP_TO", ""),
        every=duration(given, "BACKUP_EVERY", "1d"),
        log_every=duration(given, "BACKUP_LOG_EVERY", "5m"),
        keep=int(keep),
    )


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """Where heads of tenants' audit trails are published, and how often."""

    heads: str
    """A folder or ``s3://bucket/prefix``, outside the database."""

    heads_every: dt.timedelta
    """From one head to the next: how old events may be that could be cut off unseen."""


@cache
def current_audit_settings() -> AuditSettings:
    """The settings of audit trails, read at the first call. Raises ``SettingsError``."""
    return read_audit_settings(os.environ)


def read_audit_settings(environ: Mapping[str, str]) -> AuditSettings:
    """Settings of audit trails from ``environ`` alone. Raises ``SettingsError`` that names the variable."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    heads = given.get(f"{PREFIX}AUDIT_HEADS") or str(folder(given, "STATE", "state", (".local", "state")) / "heads")
    return AuditSettings(heads=heads, heads_every=duration(given, "AUDIT_HEADS_EVERY", "1h"))


@cache
def aws_variables() -> Mapping[str, str]:
    """What this process was given for Amazon's own tools, for a process that it starts."""
    return {name: value for name, value in os.environ.items() if name.startswith("AWS_")}


@cache
def current_aws() -> Aws:
    """The Amazon variables of this process, read at the first call. Raises ``SettingsError``."""
    return read_aws(os.environ)


def read_aws(environ: Mapping[str, str]) -> Aws:
    """Amazon's variables from ``environ`` alone. Raises ``SettingsError`` that names the variable."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    return Aws(
        region=given.get("AWS_REGION", given.get("AWS_DEFAULT_REGION", "us-east-1")),
        endpoint=_endpoint(given, "AWS_ENDPOINT_URL_S3"),
        cloudfront_endpoint=_endpoint(given, "AWS_ENDPOINT_URL_CLOUDFRONT") or "https://cloudfront.amazonaws.com",
        access_key_id=given.get("AWS_ACCESS_KEY_ID", ""),
        secret_access_key=Secret(given.get("AWS_SECRET_ACCESS_KEY", "")),
        session_token=Secret(given.get("AWS_SESSION_TOKEN", "")),
    )


@cache
def current_settings() -> Settings:
    """The settings of this process, read at the first call. Raises ``SettingsError``."""
    return read_settings(os.environ)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from ``environ`` alone; an empty value counts as not set.

    Raises ``SettingsError`` that names the variable and what it may hold.
    """
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    cache_folder = folder(given, "CACHE", "cache", (".cache",))
    state = folder(given, "STATE", "state", (".local", "state"))
    return Settings(
        cache=cache_folder,
        state=state,
        workers=number(given, "WORKERS", min(usable_processors(), MOST_WORKERS), (1, MOST_WORKERS)),
        chromium=_chromium(given),
        allow_private_addresses=truth(given, f"{PREFIX}ALLOW_PRIVATE_ADDRESSES"),
        release_key=path(given, "RELEASE_KEY") or state / "release-key.pem",
        trusted_keys=path(given, "TRUSTED_KEYS"),
        cloudflare_token=Secret(given.get(f"{PREFIX}CLOUDFLARE_TOKEN", "")),
        fastly_token=Secret(given.get(f"{PREFIX}FASTLY_TOKEN", "")),
    )


def _chromium(given: Mapping[str, str]) -> Path:
    """The browser named, else the first one on the path, else the name ``chromium``, which fails when it is started."""
    name = f"{PREFIX}CHROMIUM"
    if named := given.get(name):
        if not os.access(named, os.X_OK):
            raise unusable(name, named, "the path of a program that can be started")
        return Path(named)
    found = (shutil.which(browser, path=given.get("PATH", "")) for browser in _BROWSERS)
    return Path(next(filter(None, found), _BROWSERS[0]))


def _endpoint(given: Mapping[str, str], name: str) -> str:
    """The address of one service, else the one of all."""
    name = name if name in given else "AWS_ENDPOINT_URL"
    address = given.get(name, "")
    if address and not address.startswith(("https://", "http://")):
        raise unusable(name, address, "an address that begins with https:// or http://")
    return address.rstrip("/")
