"""Commands run in this process, where a process of their own is not the point: starting one costs a second."""

import subprocess
import sys

from click.testing import CliRunner

from shopwright import settings
from shopwright.cli.main import main
from shopwright.job_settings import current_job_settings

READERS = (
    settings.current_audit_settings,
    settings.current_aws,
    settings.current_backup_settings,
    settings.current_database_settings,
    settings.current_settings,
    current_job_settings,
)


def forget_settings() -> None:
    """What is in the environment now counts from here on."""
    for read in READERS:
        read.cache_clear()


def run_here(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """What ``shopwright WORDS`` would print with further variables in its environment, and its status."""
    line = ["shopwright", *map(str, words)]
    runner = CliRunner()
    before, sys.argv = sys.argv, line
    forget_settings()
    try:
        with runner.isolation(env=environment) as (out, err, _):
            status = _status()
            return subprocess.CompletedProcess(line, status, out.getvalue().decode(), err.getvalue().decode())
    finally:
        sys.argv = before
        forget_settings()


def _status() -> int:
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0
