"""Which alert rules hold on this machine, and who is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path

from shopwright.catalog.yaml_text import load_yaml
from shopwright.errors import SettingsError
from shopwright.performance.alerts import mail, webhook
from shopwright.performance.alerts.alert_file import AlertFile, joined, read_alert_file, refuse_unknown
from shopwright.performance.alerts.contact import Mail, Webhook
from shopwright.performance.alerts.rule import Rule
from shopwright.performance.alerts.watch import Tell
from shopwright.performance.every_metric import EVERY_METRIC

MOST_BYTES = 1 << 20

_SHIPPED = "rules.yaml"


@dataclass(frozen=True, slots=True)
class Alerts:
    """The rules, by name, and who is told of them."""

    rules: tuple[Rule, ...]
    contacts: tuple[Webhook | Mail, ...]

    def tells(self, *, allow_private: bool) -> Sequence[Tell]:
        """What tells each contact; webhooks on private addresses only where those are allowed."""
        return [_tell(contact, allow_private=allow_private) for contact in self.contacts]


def alerts_of(file: Path | None) -> Alerts:
    """The rules that come with Shopwright, and what an operator's file changes of them.

    Raises ``SettingsError``, ``SourceError`` naming what is wrong and where.
    """
    data = files("shopwright.performance.alerts").joinpath(_SHIPPED).read_bytes()
    shipped = read_alert_file(load_yaml(data, _SHIPPED), _SHIPPED)
    own = read_alert_file(load_yaml(_read(file), str(file)) or {}, str(file)) if file else AlertFile()
    rules = joined(shipped, own, str(file))
    refuse_unknown(rules, EVERY_METRIC, str(file))
    return Alerts(rules, own.contacts)


def _tell(contact: Webhook | Mail, *, allow_private: bool) -> Tell:
    if isinstance(contact, Webhook):
        return partial(webhook.tell, contact, allow_private=allow_private)
    return partial(mail.tell, contact)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        remedy = "SHOPWRIGHT_ALERTS names it."
        raise SettingsError(f"It cannot be read: {error.strerror}.", where=str(file), remedy=remedy) from error
    if len(data) > MOST_BYTES:
        raise SettingsError(f"It is larger than {MOST_BYTES:,} bytes.", where=str(file))
    return data
