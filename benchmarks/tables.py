"""Rows of measurements: shown as tables, kept as JSON with what they depend on."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from shopwright.performance.cpu import usable_processors

TITLES = {
    "products": "prod-\nucts",
    "seconds": "s",
    "pages_per_second": "pages\n/s",
    "cpu_seconds": "CPU\ns",
    "peak_memory_mb": "MB",
    "wall_to_hugo": "s ÷\nHugo",
    "cpu_to_hugo": "CPU ÷\nHugo",
    "cpu_to_ours": "CPU ÷\nours",
    "megabytes": "MB\nmade",
    "mean_kb": "KB",
    "smaller_than_original": "saved",
    "score_mean": "score",
    "score_least": "least",
    "photos": "pho-\ntos",
    "tenants": "ten-\nants",
    "create_p50_ms": "made\np50 ms",
    "create_max_ms": "most\nms",
    "create_cpu_ms": "CPU\nms",
    "server_mb": "server\nMB",
    "open_files": "open\nfiles",
    "settled_mb": "later\nMB",
    "settled_open_files": "open\nlater",
    "data_mb": "data\nMB",
    "connected": "ten-\nants",
    "first_p50_ms": "first\np50 ms",
    "first_max_ms": "most\nms",
    "warm_p50_ms": "warm\np50 ms",
    "operator_p50_ms": "operator\np50 ms",
    "server_connections": "connec-\ntions",
}


def show(title: str, rows: Sequence[Any]) -> None:
    """The rows as a table."""
    table = Table(title=title, box=SIMPLE_HEAD, padding=0)
    for name, value in asdict(rows[0]).items():
        table.add_column(TITLES.get(name, name), no_wrap=True, justify="left" if isinstance(value, str) else "right")
    for row in rows:
        table.add_row(*(f"{value:,}" if isinstance(value, int | float) else value for value in asdict(row).values()))
    Console().print(table)


def keep(file: Path, rows: Sequence[Any], **tools: str) -> None:
    """The rows as JSON, with what they depend on."""
    machine: dict[str, Any] = {
        "processors": usable_processors(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "load": [round(load, 2) for load in os.getloadavg()],
    }
    file.write_text(json.dumps({"machine": machine | tools, "builds": [asdict(row) for row in rows]}, indent=2) + "\n")
