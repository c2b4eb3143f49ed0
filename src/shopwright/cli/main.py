"""The ``shopwright`` command. Each subcommand stands in a module of its own, imported when it is called."""

import sys
from importlib import import_module

import click

from shopwright.errors import ShopwrightError

_COMMANDS = {
    "build": "Build a complete store from a catalogue.",
    "check": "List every fault of a catalogue without building anything.",
    "export": "Write a catalogue in another format.",
    "schema": "Print the JSON Schema of Shopwright's own format.",
    "serve": "Serve a built store on this machine.",
    "validate": "Run the checks of every requirement and score them.",
}


class _Commands(click.Group):
    """Subcommands found by name, so that a command pays only for its own imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(f"shopwright.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - each module defines the command it is named after
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="shopwright")
def shopwright() -> None:
    """Complete online stores from a catalogue file."""


def main() -> None:
    """Run a command; print one clear message and exit with status 1 when it cannot be done."""
    try:
        shopwright(prog_name="shopwright")
    except ShopwrightError as error:
        click.echo(f"shopwright: {error}", err=True)
        sys.exit(1)
