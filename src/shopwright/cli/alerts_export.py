"""``shopwright alerts export``: the alert rules as Prometheus reads them."""

import click

from shopwright.bootstrap.alert_rules import alerts_of
from shopwright.monitoring_settings import current_monitoring_settings
from shopwright.performance.alerts.prometheus import prometheus_rules
from shopwright.performance.every_metric import EVERY_METRIC


@click.command()
def export() -> None:
    """Print the rules that hold on this machine as Prometheus reads them; it checks SHOPWRIGHT_ALERTS, too."""
    rules = alerts_of(current_monitoring_settings().alerts).rules
    click.echo(prometheus_rules(rules, EVERY_METRIC), nl=False)
