"""The commands on jobs, and the worker that does them.

shopwright.cli.job_work, shopwright.cli.job_start, shopwright.cli.job_list, shopwright.cli.job_show,
shopwright.cli.job_cancel, shopwright.cli.job_retry, shopwright.cli.job_follow, shopwright.cli.worker
"""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner
from tests.stores.small import product, write_source
from tests.unit.bootstrap.working import PATIENCE

from shopwright.bootstrap.job_held import utc_now
from shopwright.bootstrap.platform import open_platform
from shopwright.cli.main import shopwright
from shopwright.errors import JobError, NoSuchJob, ReferenceRefused
from shopwright.jobs.repository.working import JobWork

WHERE = ("--store", "luna", "--pictures", "skip", "--site-url", "https://luna.example")


def run(*words, status=0):
    result = CliRunner().invoke(shopwright, list(words), standalone_mode=False)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status
    return result.stdout


@pytest.fixture
def stocked(tenant, tmp_path):
    """A tenant with the store luna."""
    source = write_source(tmp_path / "source", [product("a")])
    run("catalog", "import", str(source), "--store", "luna", "--tenant", tenant)
    return tenant


def job(tenant, name, *words, status=0):
    return json.loads(run("job", name, *words, "--tenant", tenant, "--json", status=status))


def test_a_job_is_asked_for_shown_listed_cancelled_and_asked_for_again(stocked):
    asked = job(stocked, "start", *WHERE, "--revision", "1", "--date", "2026-11-23", "--complete", "--key", "once")
    assert (asked["state"], asked["order"]["date"], asked["order"]["revision"]) == ("queued", "2026-11-23", 1)
    id_ = asked["id"]
    assert (
        job(stocked, "start", *WHERE, "--revision", "1", "--date", "2026-11-23", "--complete", "--key", "once") == asked
    )
    assert job(stocked, "show", id_) == asked
    assert [each["id"] for each in job(stocked, "list")["jobs"]] == [id_]
    assert run("job", "list", "--tenant", stocked, "--after", id_) == "There are no jobs.\n"
    assert f"{id_}  queued  luna  by request  asked " in run("job", "list", "--tenant", stocked)
    assert "luna: It was cancelled." in run("job", "cancel", id_, "--tenant", stocked)
    told = run("job", "follow", id_, "--tenant", stocked, status=1)
    assert "cancelled" in told
    lines = run("job", "follow", id_, "--tenant", stocked, "--after", "1", "--json", status=1).splitlines()
    assert [json.loads(line)["state"] for line in lines] == ["cancelled"]
    assert job(stocked, "retry", id_)["state"] == "queued"
    with pytest.raises(JobError, match="does not need to be repeated"):
        job(stocked, "retry", id_)
    with pytest.raises(NoSuchJob):
        job(stocked, "show", "0" * 32)
    with pytest.raises(ReferenceRefused):
        job(stocked, "start", "--store", "mars")


def test_a_job_that_is_to_be_cancelled_says_so(stocked, deployment):
    id_ = job(stocked, "start", *WHERE)["id"]

    async def take():
        async with open_platform(deployment) as platform, platform.tenants.tenant(stocked) as database:
            work = JobWork(database)
            await work.tell(await work.take("w", 30, utc_now()), 30, "pages", 1_234, utc_now())

    asyncio.run(take())
    told = run("job", "cancel", id_, "--tenant", stocked)
    assert f"{id_}  to be cancelled  luna" in told
    assert "pages 1,234" in told


def test_a_worker_builds_what_was_asked_for_until_it_is_stopped(stocked, tmp_path):
    id_ = job(stocked, "start", *WHERE)["id"]
    command = [sys.executable, "-m", "shopwright", "worker", "--name", "one", "--log", "text"]
    environment = {**os.environ, "SHOPWRIGHT_CACHE": str(tmp_path / "cache"), "SHOPWRIGHT_WORKERS": "1"}
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        told = run("job", "follow", id_, "--tenant", stocked)
        worker.send_signal(signal.SIGTERM)
        said, _ = worker.communicate(timeout=PATIENCE)
    finally:
        worker.kill()
    assert re.search(r"running +Attempt 1 of 5 by one\.\n(?s:.)*audited\n(?s:.)*published", told)
    assert (said, worker.returncode) == ("one does jobs.\nStopped.\n", 0)
    assert (tmp_path / "state" / "releases" / stocked / "luna" / "live" / "index.html").is_file()
