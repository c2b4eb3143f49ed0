import subprocess
import sys
from importlib.metadata import version

import click
import pytest
from click.testing import CliRunner

from shopwright.cli import main as module
from shopwright.cli.main import main, shopwright
from shopwright.errors import SourceError


def shop(*words):
    """The command as a shell runs it."""
    return subprocess.run(
        [sys.executable, "-m", "shopwright", *words], capture_output=True, text=True, timeout=60, check=False
    )


def test_without_a_command_it_lists_them():
    result = CliRunner().invoke(shopwright, ["--help"])
    assert result.exit_code == 0
    for command in module._COMMANDS:
        assert f"  {command} " in result.stdout


def test_its_version():
    assert shop("--version").stdout == f"shopwright, version {version('shopwright')}\n"


@pytest.mark.parametrize("command", sorted(module._COMMANDS))
def test_each_command_is_found_and_has_help(command):
    result = CliRunner().invoke(shopwright, [command, "--help"])
    assert result.exit_code == 0
    assert f"Usage: shopwright {command}" in result.stdout


def test_an_unknown_command():
    result = shop("buidl")
    assert result.returncode == 2
    assert "No such command 'buidl'" in result.stderr


@pytest.mark.parametrize(
    ("raised", "status", "told"),
    [
        (
            SourceError("It is empty.", where="shop.csv", remedy="Export it again."),
            1,
            "shop.csv: It is empty. Export it again.",
        ),
        (click.UsageError("Give one file."), 2, "Error: Give one file."),
        (click.Abort(), 130, "shopwright: interrupted; nothing was changed."),
    ],
)
def test_what_cannot_be_done_is_one_clear_message(monkeypatch, capsys, raised, status, told):
    @click.command()
    def failing():
        raise raised

    monkeypatch.setattr(module, "shopwright", lambda **options: failing([], **options))
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == status
    assert told in capsys.readouterr().err


def test_an_interrupt_has_one_status_also_where_python_takes_it_for_unhandled():
    """Inside ``exec``, as while dataclasses are made, CPython notes it and ends by the signal whatever was said."""
    code = """
from shopwright.cli import main

def interrupted(**options):
    exec("raise KeyboardInterrupt")

main.shopwright = interrupted
main.main()
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (130, "shopwright: interrupted; nothing was changed.\n")


def test_a_command_that_ends_well(monkeypatch):
    monkeypatch.setattr(module, "shopwright", lambda **options: None)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code is None
