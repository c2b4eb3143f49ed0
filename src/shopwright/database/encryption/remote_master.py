"""Master keys that never leave a key management service: AWS, Azure, GCP, or what speaks KMIP (a Vault, an HSM).

They are described in a JSON file that only its owner can read:

{"provider": "aws", "credentials": {...}, "key": {"region": "eu-central-1", "key": "alias/shop-{tenant}"}, "tls": {...}}

``credentials`` and ``key`` are those of MongoDB's client-side encryption for that provider; ``{tenant}`` in a value of
``key`` is replaced, so that each tenant has a master key of its own, which can be destroyed on its own.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shopwright.database.private_file import read_private
from shopwright.errors import SettingsError

MOST_BYTES = 65_536
WHERE = "SHOPWRIGHT_KMS"

Provider = Literal["aws", "azure", "gcp", "kmip"]
_Text = Annotated[str, Field(max_length=10_000)]

_CREDENTIALS: dict[str, tuple[set[str], set[str]]] = {
    "aws": ({"accessKeyId", "secretAccessKey"}, {"sessionToken"}),
    "azure": ({"tenantId", "clientId", "clientSecret"}, {"identityPlatformEndpoint"}),
    "gcp": ({"email", "privateKey"}, {"endpoint"}),
    "kmip": ({"endpoint"}, set()),
}
_KEY: dict[str, tuple[set[str], set[str]]] = {
    "aws": ({"region", "key"}, {"endpoint"}),
    "azure": ({"keyVaultEndpoint", "keyName"}, {"keyVersion"}),
    "gcp": ({"projectId", "location", "keyRing", "keyName"}, {"keyVersion", "endpoint"}),
    "kmip": (set(), {"keyId", "endpoint", "delegated"}),
}
"""Fields that must and that may be there, by provider."""

_TENANT = "{tenant}"
_BRACES = re.compile("[{}]")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    provider: Provider
    credentials: dict[str, _Text] = Field(default={})
    key: dict[str, _Text | bool] = Field(default={})
    tls: dict[Literal["ca", "certificate"], _Text] = Field(default={})


@dataclass(frozen=True, slots=True)
class RemoteMaster:
    """A service's master keys, in the words of the driver."""

    provider: Provider
    credentials: dict[str, str] = field(repr=False)
    key: dict[str, str | bool] = field(default_factory=dict)
    tls: dict[str, str] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        """Whether each tenant has a master key of its own; the driver makes one over KMIP unless one is named."""
        texts = [value for value in self.key.values() if isinstance(value, str)]
        return any(_TENANT in text for text in texts) or (self.provider == "kmip" and "keyId" not in self.key)

    def key_of(self, tenant: str) -> dict[str, str | bool]:
        """Which key of the service a tenant's is."""
        named = {name: value for name, value in self.key.items() if isinstance(value, str)}
        return {**self.key, **{name: value.replace(_TENANT, tenant) for name, value in named.items()}}

    @property
    def tls_options(self) -> dict[str, Any]:
        """For the connections to the service: the authority it is trusted by, the certificate one shows."""
        words = {"ca": "tlsCAFile", "certificate": "tlsCertificateKeyFile"}
        return {self.provider: {words[name]: path for name, path in self.tls.items()}} if self.tls else {}


def read_remote_master(path: Path) -> RemoteMaster:
    """The service that a file describes. Raises ``SettingsError``, which shows nothing that the file holds."""
    try:
        data = read_private(path, MOST_BYTES)
    except OSError as error:
        raise _unusable(path, f"it cannot be read ({error.strerror})", "Name a file that is there.") from None
    if data is None:
        raise _unusable(path, "others can read it, and it holds secrets", f"Run chmod 600 {path}.")
    if len(data) > MOST_BYTES:
        raise _unusable(path, f"it is larger than {MOST_BYTES:,} bytes", "Name another file.")
    try:
        read = _File.model_validate_json(data)
    except ValidationError as error:
        # A place with an unknown key may be any text of the file
        places = sorted({str(fault["loc"][0]) for fault in error.errors() if fault["loc"]} & _File.model_fields.keys())
        what = f"it is not of the right form ({', '.join(places) or 'JSON'})"
        raise _unusable(path, what, "docs/how-to/encrypt-personal-data.md shows its form.") from None
    _refuse_incomplete(path, read)
    return RemoteMaster(read.provider, read.credentials, read.key, {str(name): file for name, file in read.tls.items()})


def _refuse_incomplete(path: Path, read: _File) -> None:
    """Without credentials those of the machine are used (an instance's role), except over KMIP."""
    for what, given, known in (
        ("credentials", read.credentials, _CREDENTIALS[read.provider]),
        ("key", read.key, _KEY[read.provider]),
    ):
        must, may = known
        by_itself = what == "credentials" and not given and read.provider != "kmip"
        if not by_itself and (not must <= given.keys() or not given.keys() <= must | may):
            wanted = f"{', '.join(sorted(must)) or 'nothing'}; it may hold {', '.join(sorted(may)) or 'nothing else'}"
            raise _unusable(path, f"`{what}` of {read.provider} must hold {wanted}", "Correct it.")
    if any(isinstance(value, str) and _BRACES.search(value.replace(_TENANT, "")) for value in read.key.values()):
        raise _unusable(path, "a value of `key` holds braces other than {tenant}", "Write {tenant} there.")


def _unusable(path: Path, what: str, remedy: str) -> SettingsError:
    return SettingsError(f"The file {path} cannot be used: {what}.", where=WHERE, remedy=remedy)
