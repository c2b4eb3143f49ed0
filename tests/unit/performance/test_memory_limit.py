import psutil
import pytest

from shopwright.performance.memory_limit import free_memory, usable_memory

TOTAL = int(psutil.virtual_memory().total)


@pytest.fixture
def machine(tmp_path):
    """Writes a control group of version 2 (or 1) and gives the root it stands in."""
    (tmp_path / "proc/self").mkdir(parents=True)

    def write(line="0::/box\n", folder="box", **files):
        (tmp_path / "proc/self/cgroup").write_text(line)
        group = tmp_path / "sys/fs/cgroup" / folder
        group.mkdir(parents=True, exist_ok=True)
        for name, value in files.items():
            (group / name.replace("__", ".")).write_text(f"{value}\n")
        return tmp_path

    return write


def test_without_control_groups_it_is_the_machine(tmp_path):
    assert usable_memory(tmp_path) == TOTAL
    assert 0 < free_memory(tmp_path) <= TOTAL


def test_a_control_group_allows_less(machine):
    root = machine(memory__max=50_000_000, memory__current=30_000_000, memory__stat="anon 5\ninactive_file 10000000")
    assert usable_memory(root) == 50_000_000
    assert free_memory(root) == 30_000_000


def test_a_group_without_a_bound_is_none(machine):
    root = machine(memory__max="max", memory__current=30_000_000)
    assert usable_memory(root) == TOTAL


def test_the_tightest_of_nested_groups_counts(machine):
    machine(folder="", memory__max=40_000_000, memory__current=1_000_000)
    root = machine(memory__max=50_000_000, memory__current=500_000)
    assert usable_memory(root) == 40_000_000
    assert free_memory(root) == 39_000_000


def test_version_1(machine):
    files = {"memory__limit_in_bytes": 60_000_000, "memory__usage_in_bytes": 20_000_000}
    root = machine("4:memory:/box\n", "memory/box", **files)
    assert usable_memory(root) == 60_000_000
    assert free_memory(root) == 40_000_000


def test_more_kept_files_than_use_is_nothing_in_use(machine):
    root = machine(memory__max=50_000_000, memory__current=1_000, memory__stat="inactive_file 5000\ninactive_file x")
    assert free_memory(root) == 50_000_000
