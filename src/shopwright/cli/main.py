"""The ``shopwright`` command. Each subcommand stands in a module of its own, imported when it is called."""

import sys

import click

from shopwright.cli.lazy import LazyGroup
from shopwright.errors import ShopwrightError

_COMMANDS = (
    "alerts",
    "audit",
    "audit-log",
    "backup",
    "backups",
    "build",
    "catalog",
    "check",
    "db",
    "export",
    "job",
    "keys",
    "prune",
    "publish",
    "releases",
    "restore",
    "rollback",
    "schema",
    "serve",
    "serve-api",
    "showcase",
    "tenant",
    "theme",
    "user",
    "validate",
    "verify",
    "worker",
)


_INTERRUPTED = 130
"""The status shells give a command that Ctrl-C ended (128 + SIGINT)."""


@click.group(
    cls=LazyGroup,
    names=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="shopwright")
def shopwright() -> None:
    """Complete online stores from a catalogue file."""


def main() -> None:
    """Run a command; print one clear message when it cannot be done.

    Status 1: it cannot be done. 2: it was called wrongly, or there is nothing to sell. 130: it was interrupted.
    """
    try:
        sys.exit(shopwright(prog_name="shopwright", standalone_mode=False))
    except ShopwrightError as error:
        click.echo(f"shopwright: {error}", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("shopwright: interrupted; nothing was changed.", err=True)
        # An interrupt inside exec(), with which dataclasses make their methods, leaves CPython (run_eval_code_obj)
        # believing that nobody handled it: it then ends by the signal whatever status is given. Each exec() forgets it.
        exec("")  # noqa: S102
        sys.exit(_INTERRUPTED)
