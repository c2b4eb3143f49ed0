import sys

import click
from click.testing import CliRunner

from shopwright.cli.lazy import LazyGroup

GROUP = LazyGroup(name="shop", names=("audit-log", "schema"))


def test_the_names_stand_in_their_order():
    assert GROUP.list_commands(click.Context(GROUP)) == ["audit-log", "schema"]


def test_a_command_is_imported_when_it_is_asked_for(monkeypatch):
    monkeypatch.delitem(sys.modules, "shopwright.cli.audit_log", raising=False)
    assert GROUP.get_command(click.Context(GROUP), "schema").name == "schema"
    assert "shopwright.cli.audit_log" not in sys.modules
    assert GROUP.get_command(click.Context(GROUP), "audit-log").name == "audit-log"
    assert "shopwright.cli.audit_log" in sys.modules


def test_a_prefix_leads_to_the_module():
    group = LazyGroup(name="theme", names=("new",), prefix="theme_")
    assert group.get_command(click.Context(group), "new").callback.__module__ == "shopwright.cli.theme_new"


def test_no_other_module_is_imported():
    """A name from the command line is never part of an import."""
    assert GROUP.get_command(click.Context(GROUP), "main") is None
    result = CliRunner().invoke(GROUP, ["main"])
    assert (result.exit_code, "No such command 'main'" in result.output) == (2, True)
