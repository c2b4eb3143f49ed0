import resource
import sys

import pytest

from shopwright.template_engine.confinement import lockdown
from shopwright.template_engine.confinement.bounds import CPU_SECONDS, MEMORY
from shopwright.template_engine.confinement.lockdown import Confinement, confinement_level, idle_memory, lock_down

COMPLETE = Confinement(memory=True, system_calls=True)


@pytest.fixture
def given_up(monkeypatch):
    """What a process gives up, written down instead."""
    done = []
    monkeypatch.setattr(lockdown.os, "closerange", lambda first, last: done.append(("close", first, last)))
    monkeypatch.setattr(lockdown.resource, "setrlimit", lambda kind, bounds: done.append((kind, *bounds)))
    monkeypatch.setattr(lockdown.resource, "getrlimit", lambda kind: (1_024, resource.RLIM_INFINITY))
    monkeypatch.setattr(lockdown.seccomp, "prctl", lambda option, value: done.append(("prctl", option, value)))
    monkeypatch.setattr(lockdown.seccomp, "install", lambda: done.append(("filter",)))
    monkeypatch.setattr(lockdown, "idle_memory", lambda: 1_000)
    return done


def test_everything_but_the_socket_is_given_up(given_up):
    lock_down(7, COMPLETE)
    assert given_up == [
        ("close", 0, 7),
        ("close", 8, 1_024),
        ("prctl", 1, 9),
        ("prctl", 4, 0),
        ("prctl", 38, 1),
        (resource.RLIMIT_AS, 1_000 + MEMORY, 1_000 + MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS),
        (resource.RLIMIT_NOFILE, 0, 0),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        ("filter",),
    ]


def test_elsewhere_the_limits_that_hold_everywhere_stay(given_up):
    lock_down(0, Confinement(memory=False, system_calls=False))
    assert [kind for kind, *_ in given_up] == [
        "close",
        "close",
        resource.RLIMIT_CPU,
        resource.RLIMIT_NOFILE,
        resource.RLIMIT_NPROC,
        resource.RLIMIT_FSIZE,
        resource.RLIMIT_CORE,
    ]


def test_a_tighter_limit_of_the_machine_stays(given_up, monkeypatch):
    monkeypatch.setattr(lockdown.resource, "getrlimit", lambda kind: (resource.RLIM_INFINITY, 60))
    lock_down(0, Confinement(memory=False, system_calls=False))
    assert ("close", 1, 65_536) in given_up
    assert (resource.RLIMIT_CPU, 60, 60) in given_up


def test_the_level_is_said_in_words(monkeypatch):
    assert (
        str(COMPLETE) == "Templates render confined: no files, no network, no other process, bounded memory and time."
    )
    assert COMPLETE.complete
    monkeypatch.setattr(lockdown.sys, "platform", "darwin")
    monkeypatch.setattr(lockdown.seccomp.sys, "platform", "darwin")
    level = confinement_level()
    assert level == Confinement(memory=False, system_calls=False)
    assert not level.complete
    assert str(level) == (
        "Templates are checked and metered, and render in a process of their own that is killed after 5 seconds; this "
        "system lacks a filter of system calls (that needs Linux on x86-64, and a container allowing it) and a bound "
        "of memory (that needs Linux). Build themes you do not trust on Linux."
    )


def test_a_container_without_the_filter_still_bounds_memory(monkeypatch):
    monkeypatch.setattr(lockdown.sys, "platform", "linux")
    monkeypatch.setattr(lockdown.seccomp, "is_available", lambda: False)
    assert confinement_level() == Confinement(memory=True, system_calls=False)
    assert "lacks a filter of system calls" in str(confinement_level())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_idle_memory_is_this_process():
    assert 10 << 20 < idle_memory() < 1 << 40
