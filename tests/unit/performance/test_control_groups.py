from shopwright.performance.control_groups import control_groups, text, whole_number


def groups(root, lines, controller):
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(lines)
    return [folder.relative_to(root / "sys/fs/cgroup").as_posix() for folder in control_groups(root, controller)]


def test_version_2_has_one_tree(tmp_path):
    assert groups(tmp_path, "0::/pods/shop\n", "memory") == [
        *("pods/shop", "pods", "."),
        *("unified/pods/shop", "unified/pods", "unified"),
    ]


def test_version_1_has_a_tree_for_each_controller(tmp_path):
    lines = "5:cpu,cpuacct:/box\n4:memory:/box\n1:name=systemd:/x\n"
    assert groups(tmp_path, lines, "memory") == ["memory/box", "memory", "memory/box", "memory"]


def test_controllers_may_share_a_tree(tmp_path):
    assert groups(tmp_path, "5:cpu,cpuacct:/box\n", "cpu") == ["cpu,cpuacct/box", "cpu,cpuacct", "cpu/box", "cpu"]


def test_a_system_without_control_groups_has_none(tmp_path):
    assert list(control_groups(tmp_path, "memory")) == []


def test_what_a_file_of_the_kernel_says(tmp_path):
    file = tmp_path / "memory.max"
    for said, number in (("12\n", 12), ("max\n", None), ("-1", None), ("9" * 30, None), ("", None)):
        file.write_text(said)
        assert whole_number(file) == number
    file.write_bytes(b"\xff")
    assert text(file) == ""
    assert whole_number(tmp_path / "none") is None
