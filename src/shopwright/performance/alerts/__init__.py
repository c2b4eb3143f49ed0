"""Alerts: rules over the metrics of this process, looked at while it runs, and messages to whom they concern."""
