import ctypes
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.template_engine.confinement import seccomp
from shopwright.template_engine.confinement.seccomp import ALLOWED, LOOK_UPS, MMAP, MPROTECT, program

X86_64, I386, AARCH64 = 0xC000003E, 0x40000003, 0xC00000B7
CODE = [struct.unpack("=HBBI", program()[at : at + 8]) for at in range(0, len(program()), 8)]
KILL, DENY, ALLOW = 0x80000000, 0x0005000D, 0x7FFF0000


def verdict(number, arch=X86_64, third=0):
    """What the kernel would answer: the filter run by an interpreter of the few instructions it uses."""
    data = struct.pack("=IIQ6Q", number, arch, 0, 0, 0, third, 0, 0, 0)
    accumulator = place = 0
    while True:
        kind, if_true, if_false, value = CODE[place]
        place += 1
        if kind == 0x06:
            return value
        if kind == 0x20:
            accumulator = struct.unpack_from("=I", data, value)[0]
            continue
        holds = {0x15: accumulator == value, 0x35: accumulator >= value, 0x45: bool(accumulator & value)}[kind]
        place += if_true if holds else if_false


@given(
    st.integers(0, 2**32 - 1) | st.integers(0, 600), st.sampled_from([X86_64, I386, AARCH64]), st.integers(0, 2**64 - 1)
)
def test_what_is_not_listed_is_killed(number, arch, third):
    if arch != X86_64:
        expected = KILL
    elif number in ALLOWED.values():
        expected = ALLOW
    elif number in LOOK_UPS.values():
        expected = DENY
    elif number in {MMAP, MPROTECT}:
        expected = KILL if third & 4 else ALLOW
    else:
        expected = KILL
    assert verdict(number, arch, third) == expected


def test_every_listed_call_has_its_answer():
    assert {verdict(number) for number in ALLOWED.values()} == {ALLOW}
    assert {verdict(number) for number in LOOK_UPS.values()} == {DENY}
    assert verdict(MMAP, third=3) == ALLOW
    assert verdict(MMAP, third=7) == KILL
    assert verdict(MPROTECT, third=5) == KILL


@pytest.mark.parametrize("number", ALLOWED.values())
def test_the_other_numbering_is_killed(number):
    assert verdict(number | 0x40000000) == KILL


def test_no_call_that_opens_or_starts_anything_is_allowed():
    """By their numbers: socket, connect, accept, clone, fork, vfork, execve, kill, ptrace, prctl, dup, pipe, ioctl."""
    assert {41, 42, 43, 56, 57, 58, 59, 62, 101, 157, 32, 22, 16, 435, 293} & set(ALLOWED.values()) == set()


@pytest.mark.parametrize(
    ("system", "machine", "bits"), [("darwin", "x86_64", 63), ("linux", "aarch64", 63), ("linux", "x86_64", 31)]
)
def test_elsewhere_there_is_no_filter(monkeypatch, system, machine, bits):
    monkeypatch.setattr(seccomp.sys, "platform", system)
    monkeypatch.setattr(seccomp.platform, "machine", lambda: machine)
    monkeypatch.setattr(seccomp.sys, "maxsize", 2**bits - 1)
    assert not seccomp.is_available()


class Kernel:
    """Answers system calls as a kernel that forbids or allows filters."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = []

    def syscall(self, *arguments):
        self.asked.append(arguments)
        return self.answer

    prctl = syscall


def on_linux(monkeypatch, answer):
    kernel = Kernel(answer)
    monkeypatch.setattr(seccomp, "_library", kernel)
    monkeypatch.setattr(seccomp.sys, "platform", "linux")
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "x86_64")
    return kernel


def test_a_container_may_forbid_it(monkeypatch):
    on_linux(monkeypatch, -1)
    assert not seccomp.is_available()
    with pytest.raises(OSError, match="prctl 22"):
        seccomp.install()


def test_installing_hands_the_kernel_the_program(monkeypatch):
    kernel = on_linux(monkeypatch, 0)
    assert seccomp.is_available()
    kernel.asked.clear()
    seccomp.install()
    ((option, mode, pointed, *_),) = kernel.asked
    assert (option, mode.value) == (22, 2)
    length, address = struct.unpack("@HxxxxxxP", pointed)
    assert length * 8 == len(program())
    assert address
    assert isinstance(mode, ctypes.c_ulong)
