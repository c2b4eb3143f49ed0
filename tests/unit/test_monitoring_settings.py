from pathlib import Path

import pytest

from shopwright.errors import SettingsError
from shopwright.monitoring_settings import MonitoringSettings, current_monitoring_settings, read_monitoring_settings


def test_without_variables():
    assert read_monitoring_settings({}) == MonitoringSettings(None, None, "info", "", 1.0)


def test_what_may_be_set():
    given = {
        "SHOPWRIGHT_MEMORY": "2000",
        "SHOPWRIGHT_ALERTS": "/etc/shopwright/alerts.yaml",
        "SHOPWRIGHT_LOG_LEVEL": "Warning",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318/",
        "OTEL_TRACES_SAMPLER_ARG": "0.25",
    }
    file = Path("/etc/shopwright/alerts.yaml")
    assert read_monitoring_settings(given) == MonitoringSettings(2_000, file, "warning", "http://127.0.0.1:4318", 0.25)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOPWRIGHT_MEMORY", "99"),
        ("SHOPWRIGHT_MEMORY", "lots"),
        ("SHOPWRIGHT_LOG_LEVEL", "loud"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "127.0.0.1:4318"),
        ("OTEL_TRACES_SAMPLER_ARG", "1.5"),
        ("OTEL_TRACES_SAMPLER_ARG", "half"),
        ("OTEL_TRACES_SAMPLER_ARG", "nan"),
    ],
)
def test_what_may_not(name, value):
    with pytest.raises(SettingsError) as refused:
        read_monitoring_settings({name: value})
    assert refused.value.where == name


def test_they_are_read_once():
    assert current_monitoring_settings() is current_monitoring_settings()
