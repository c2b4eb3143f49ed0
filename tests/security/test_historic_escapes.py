"""The holes of past Jinja releases are refused by the policy, also where Jinja still has them."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from tests.security.historic import PAYLOADS, refused

ROOT = Path(__file__).parents[2]
VULNERABLE = ("3.0.3", "3.1.4", "3.1.5")


@cache
def report(release):
    """What ``historic`` says under a release of Jinja, installed aside."""
    folder = _installed(release)
    path = os.pathsep.join([str(folder), str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.historic"],
        env={**os.environ, "PYTHONPATH": path},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def _installed(release):
    cache_folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache_folder / "shopwright-tests" / f"jinja2-{release}"
    if not (folder / "jinja2" / "sandbox.py").is_file():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        target = ["--target", str(folder), "--upgrade", f"jinja2=={release}", "markupsafe"]
        done = subprocess.run([*command, *target], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"Jinja2 {release} cannot be installed aside: {done.stderr.strip()[-300:]}")
    return folder


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_historic_escape_is_refused(name):
    assert refused(PAYLOADS[name][0]) != []


@pytest.mark.parametrize("release", VULNERABLE)
def test_it_is_refused_where_jinja_has_the_hole(release):
    said = report(release)
    assert said["version"] == release
    assert [name for name, (refusals, _) in said["payloads"].items() if not refusals] == []
    assert said["ordinary"] == [[], "1"]


@pytest.mark.parametrize("release", VULNERABLE)
def test_the_payloads_work_there_without_the_policy(release):
    """The control: what is refused is alive."""
    said = report(release)["payloads"]
    alive = {name: (sign, said[name][1]) for name, (_, releases, sign) in PAYLOADS.items() if release in releases}
    assert {name: text for name, (sign, text) in alive.items() if sign not in text} == {}
    assert len(alive) >= 5
