"""Which master key wraps a tenant's data key, in the words of the driver."""

from dataclasses import dataclass, field, replace
from typing import Any

from shopwright.database.encryption.master_folder import MasterFolder
from shopwright.database.encryption.remote_master import RemoteMaster
from shopwright.errors import EncryptionError

_LOCAL = "local:"


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What a data key is wrapped with: the driver's name of the provider, and which key of it (none: it has one)."""

    provider: str
    key: dict[str, str | bool] | None = None


@dataclass(frozen=True, slots=True)
class Providers:
    """Where master keys come from, as the driver takes it."""

    by_name: dict[str, dict[str, Any]] = field(repr=False)
    tls: dict[str, Any] = field(default_factory=dict)

    def only(self, name: str) -> "Providers":
        """One of them."""
        return replace(self, by_name={name: self.by_name[name]})


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """The files of this machine and, where the settings name one, a key management service.

    The service then is used for new keys; what files wrapped before stays readable until it is rotated.
    """

    folder: MasterFolder
    remote: RemoteMaster | None = None

    def providers(self, tenant: str) -> Providers:
        """Everything that may have wrapped this tenant's key. Raises ``EncryptionError`` if there is nothing."""
        local = {_LOCAL + name: {"key": secret} for name, secret in self.folder.read(tenant).items()}
        if self.remote:
            return Providers({**local, self.remote.provider: dict(self.remote.credentials)}, self.remote.tls_options)
        if not local:
            remedy = "Was the tenant deleted? Else put the copy of its folder of keys back."
            raise EncryptionError("There is no master key of this tenant", where=repr(tenant), remedy=remedy)
        return Providers(local)

    def current(self, tenant: str) -> Wrapping:
        """What a new data key is wrapped with; a first file is made if there is none."""
        if self.remote:
            return Wrapping(self.remote.provider, self.remote.key_of(tenant))
        names = self.folder.names(tenant) or [self.folder.add(tenant)]
        return Wrapping(_LOCAL + names[-1])

    def next(self, tenant: str) -> Wrapping:
        """What a data key is wrapped with from now on: another file, or what the settings say of the service."""
        return self.current(tenant) if self.remote else Wrapping(_LOCAL + self.folder.add(tenant))

    def superseded(self, tenant: str, provider: str) -> list[str]:
        """The files beside the one that wraps the tenant's key now, oldest first."""
        return [name for name in self.folder.names(tenant) if _LOCAL + name != provider]
