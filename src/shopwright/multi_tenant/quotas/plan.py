"""Plans: how much of everything a tenant may use. They are data (``plans.toml``), not code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shopwright.errors import SettingsError
from shopwright.multi_tenant.quotas.quota import Quota

MOST = 2**53 - 1
"""The largest limit: as good as none."""

MOST_PLANS = 100
_BUILT_IN = Path(__file__).with_name("plans.toml")
_MOST_BYTES = 100_000

Limits = Mapping[Quota, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """A name, and the limit of each quota."""

    name: str
    limits: Limits

    def limit(self, quota: Quota) -> int:
        """How much of it may be used."""
        return self.limits[quota]

    def with_limits(self, own: Limits) -> "Plan":
        """The same with limits of a tenant's own."""
        return Plan(self.name, {**self.limits, **own})


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of a deployment; the first one is that of a tenant to which nobody gave another."""

    plans: tuple[Plan, ...]

    def named(self, name: str) -> Plan:
        """A plan. Raises ``SettingsError`` if there is none of this name."""
        for plan in self.plans:
            if plan.name == name:
                return plan
        remedy = f"There are {', '.join(plan.name for plan in self.plans)}."
        raise SettingsError(f"There is no plan {name[:80]!r}", where="plan", remedy=remedy)

    @property
    def first(self) -> Plan:
        """The plan of a tenant to which nobody gave another."""
        return self.plans[0]


def read_plans(file: Path | None = None) -> Plans:
    """The plans of a file, by default the built-in ones. Raises ``SettingsError`` that names file, plan and quota."""
    file = file or _BUILT_IN
    try:
        with file.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
        tables = tomllib.loads(data.decode())
    except (OSError, ValueError) as error:
        raise SettingsError(f"The plans cannot be read: {error}", where=str(file)) from error
    if len(data) > _MOST_BYTES or not 0 < len(tables) <= MOST_PLANS:
        remedy = f"Write 1 to {MOST_PLANS} tables of at most {_MOST_BYTES:,} bytes together."
        raise SettingsError("These are no plans", where=str(file), remedy=remedy)
    return Plans(tuple(_plan(name, table, file) for name, table in tables.items()))


def _plan(name: str, table: object, file: Path) -> Plan:
    where = f"{file}: {name[:80]}"
    if not isinstance(table, dict) or set(table) != {quota.value for quota in Quota}:
        remedy = f"Give it exactly these: {', '.join(quota.value for quota in Quota)}."
        raise SettingsError("A plan says the limit of every quota, and nothing else", where=where, remedy=remedy)
    return Plan(name, {quota: _limit(table[quota.value], f"{where}.{quota.value}") for quota in Quota})


def _limit(value: object, where: str) -> int:
    if value == "unlimited":
        return MOST
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST:
        return value
    raise SettingsError("It is no limit", where=where, remedy=f'Write a whole number up to {MOST:,}, or "unlimited".')
