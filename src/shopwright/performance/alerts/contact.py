"""Who is told of alerts: a webhook, or somebody's mailbox. Secrets stand in files of their own, never beside these."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from shopwright.performance.alerts.rule import Strict

Host = Annotated[str, Field(pattern=r"\A[A-Za-z0-9.:-]{1,255}\z")]
Address = Annotated[str, Field(pattern=r"\A[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,255}\z")]
"""Of a mailbox: visible ASCII, so that none is taken for another, and no header can be smuggled in."""

SecretFile = Annotated[Path, Field(strict=False)]

_MOST_SECRET = 1_000


class Webhook(Strict):
    """Takes messages by POST, signed as standardwebhooks.com has it. ``secret_file`` holds ``whsec_…`` (base64)."""

    kind: Literal["webhook"]
    url: Annotated[str, Field(pattern=r"\Ahttps?://[A-Za-z0-9.:\[\]-]{1,255}(?:/[!-~]{0,1000})?\z")]
    secret_file: SecretFile


class Mail(Strict):
    """Takes messages by SMTP. ``tls`` is how the server is spoken to: from the start, after STARTTLS, or never."""

    kind: Literal["mail"]
    to: Annotated[tuple[Address, ...], Field(strict=False, min_length=1, max_length=10)]
    sender: Address
    server: Host
    port: Annotated[int, Field(ge=1, le=65_535)] = 465
    tls: Literal["always", "starttls", "never"] = "always"
    user: Annotated[str, Field(max_length=200)] = ""
    password_file: SecretFile | None = None


def read_secret(file: Path) -> str:
    """The one line of a file. Raises ``OSError``."""
    with file.open("rb") as stream:
        return stream.read(_MOST_SECRET).decode("ascii", "replace").strip()
