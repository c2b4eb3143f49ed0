"""Groups of commands that are imported when they are called, so that a command pays only for its own imports."""

import keyword
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """Subcommands by name: ``audit-log`` is the command ``audit_log`` of the module ``cli/<prefix>audit_log.py``.

    One named like a word of Python's has a ``_`` at the end: ``import`` is ``import_``.
    """

    def __init__(self, *, names: tuple[str, ...] = (), prefix: str = "", **options: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(**options)
        self._names = names
        self._prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """The names in the order of the help."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """The command of a name, imported now."""
        if cmd_name not in self._names:
            return None
        name = cmd_name.replace("-", "_")
        module = import_module(f"shopwright.cli.{self._prefix}{name}")
        command = getattr(module, f"{name}_" if keyword.iskeyword(name) else name)
        assert isinstance(command, click.Command)  # noqa: S101 - each module defines the command it is named after
        return command
