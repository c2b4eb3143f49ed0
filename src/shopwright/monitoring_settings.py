"""The settings of monitoring and of the room for work: read once from the environment, never changed after."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shopwright.environment import PREFIX, number, path, unusable
from shopwright.performance.logs import LEVELS, Level

MOST_MEMORY = 9_999_999
"""Megabytes."""


@dataclass(frozen=True, slots=True)
class MonitoringSettings:
    """How a process of the service is watched, and how much it takes on."""

    memory: int | None
    """Megabytes that work may take at once; None: four fifths of what the process may use."""

    alerts: Path | None
    """File of alert rules of one's own, and of who is told; none: the built-in rules, told to the log."""

    log_level: Level
    """The least of the events that are written."""

    collector: str
    """Address of an OpenTelemetry collector (``OTEL_EXPORTER_OTLP_ENDPOINT``); empty: nothing is sent."""

    traces: float
    """The share of traces begun here that is sent, 0 to 1 (``OTEL_TRACES_SAMPLER_ARG``)."""


@cache
def current_monitoring_settings() -> MonitoringSettings:
    """The settings of monitoring, read at the first call. Raises ``SettingsError``."""
    return read_monitoring_settings(os.environ)


@cache
def telemetry_variables() -> Mapping[str, str]:
    """What this process was given for OpenTelemetry, for a process that it starts."""
    return {name: value for name, value in os.environ.items() if name.startswith("OTEL_")}


def read_monitoring_settings(environ: Mapping[str, str]) -> MonitoringSettings:
    """Settings of monitoring from ``environ`` alone. Raises ``SettingsError`` that names the variable."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    return MonitoringSettings(
        memory=number(given, "MEMORY", 0, (100, MOST_MEMORY)) or None,
        alerts=path(given, "ALERTS"),
        log_level=_level(given),
        collector=_collector(given),
        traces=_share(given),
    )


def _level(given: Mapping[str, str]) -> Level:
    name = f"{PREFIX}LOG_LEVEL"
    text = given.get(name, "info").lower()
    for level in LEVELS:
        if level == text:
            return level
    raise unusable(name, text, "debug, info, warning or error")


def _collector(given: Mapping[str, str]) -> str:
    name = "OTEL_EXPORTER_OTLP_ENDPOINT"
    address = given.get(name, "")
    if address and not address.startswith(("https://", "http://")):
        raise unusable(name, address, "an address that begins with https:// or http://")
    return address.rstrip("/")


def _share(given: Mapping[str, str]) -> float:
    name = "OTEL_TRACES_SAMPLER_ARG"
    text = given.get(name, "1")
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise unusable(name, text, "a number from 0 to 1")
    return share
