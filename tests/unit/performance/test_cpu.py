import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopwright.performance.cpu import idle_seconds, usable_processors


@pytest.fixture(autouse=True)
def eight_processors(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(8)), raising=False)


@pytest.fixture
def machine(tmp_path):
    """A root folder with control-group files: ``machine({"proc/self/cgroup": ...})``."""

    def write(files):
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return tmp_path

    return write


def test_without_control_groups_the_affinity_counts(tmp_path):
    assert usable_processors(tmp_path) == 8


def test_without_affinity_the_machine_counts(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert usable_processors(tmp_path) == 3
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert usable_processors(tmp_path) == 1


@pytest.mark.parametrize(
    ("quota", "processors"),
    [("max 100000", 8), ("200000 100000", 2), ("150000 100000", 2), ("50000 100000", 1), ("1 100000", 1)],
)
def test_quota_of_version_2(machine, quota, processors):
    root = machine({"proc/self/cgroup": "0::/app\n", "sys/fs/cgroup/app/cpu.max": f"{quota}\n"})
    assert usable_processors(root) == processors


def test_the_tightest_quota_above_counts(machine):
    root = machine(
        {
            "proc/self/cgroup": "0::/pod/app\n",
            "sys/fs/cgroup/pod/app/cpu.max": "max 100000\n",
            "sys/fs/cgroup/pod/cpu.max": "300000 100000\n",
        }
    )
    assert usable_processors(root) == 3


def test_quota_of_a_container_stands_at_the_mount(machine):
    root = machine({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "400000 100000\n"})
    assert usable_processors(root) == 4


@pytest.mark.parametrize("mount", ["cpu,cpuacct", "cpu"])
def test_quota_of_version_1(machine, mount):
    root = machine(
        {
            "proc/self/cgroup": "5:memory:/app\n4:cpu,cpuacct:/app\n1:name=systemd:/app\n",
            f"sys/fs/cgroup/{mount}/app/cpu.cfs_quota_us": "250000\n",
            f"sys/fs/cgroup/{mount}/app/cpu.cfs_period_us": "100000\n",
            "sys/fs/cgroup/memory/app/cpu.max": "100000 100000",
        }
    )
    assert usable_processors(root) == 3


def test_version_1_without_a_bound(machine):
    root = machine(
        {
            "proc/self/cgroup": "4:cpu:/\n",
            "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
            "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        }
    )
    assert usable_processors(root) == 8


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(text=st.text(st.characters(codec="utf-8"), max_size=40))
def test_whatever_the_file_holds_there_is_a_processor(tmp_path_factory, text):
    root = tmp_path_factory.mktemp("machine")  # a folder for each example
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text("0::/\n")
    (root / "sys/fs/cgroup").mkdir(parents=True)
    (root / "sys/fs/cgroup/cpu.max").write_text(text)
    assert 1 <= usable_processors(root) <= 8


def test_this_machine():
    assert 1 <= usable_processors() <= 8


def test_idle_time_only_grows():
    before = idle_seconds()
    assert idle_seconds() >= before > 0
