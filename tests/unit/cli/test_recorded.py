import datetime as dt

import click
from click.testing import CliRunner

from shopwright.cli.recorded import record_options, recording
from shopwright.cli.recording import user_name


def test_a_record_is_kept_by_whoever_runs_the_command_now():
    before = dt.datetime.now(dt.UTC)
    kept = recording("agency", "luna")
    assert (kept.tenant, kept.store, kept.by) == ("agency", "luna", user_name())
    assert before <= kept.at <= dt.datetime.now(dt.UTC)


def test_without_a_store_there_is_a_tenant_all_the_same():
    @click.command()
    @record_options
    def command(store, tenant):
        click.echo(f"{store} {tenant}")

    assert CliRunner().invoke(command, []).output == "None local\n"
    assert CliRunner().invoke(command, ["--store", "luna", "--tenant", "x"]).output == "luna x\n"
