"""Where commands keep their audit records: the log in the state folder, in the name of whoever runs the command."""

import os
import pwd
import re
from dataclasses import replace
from pathlib import Path

from shopwright.audit.forms import LONGEST
from shopwright.audit.log_file import AuditLog
from shopwright.audit.record import Record, RecordSink
from shopwright.settings import current_settings

_UNFIT = re.compile(r"[^\w.@+\\-]")


def log_folder() -> Path:
    """The folder of this machine's audit log."""
    return current_settings().state / "audit"


def open_record_sink() -> RecordSink:
    """A sink that adds the user. Raises ``AuditLogError`` at once, before any work is done, if there can be no log."""
    log, user = AuditLog(log_folder()), user_name()

    def keep(record: Record) -> None:
        log.append(replace(record, user=record.user or user))

    return keep


def user_name() -> str:
    """The name of this process's user: from the operating system, not from the environment, which anyone may set."""
    number = os.getuid()
    try:
        return _UNFIT.sub("-", pwd.getpwuid(number).pw_name)[:LONGEST]
    except KeyError:
        return str(number)
