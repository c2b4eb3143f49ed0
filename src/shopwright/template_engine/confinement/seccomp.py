"""The kernel's filter of system calls (seccomp, BPF) for a worker: compute, answer, end. x86-64 Linux only.

Written from ``linux/seccomp.h``, ``linux/filter.h`` and ``asm/unistd_64.h``. What is not listed kills the process.
"""

import ctypes
import platform
import struct
import sys

READ, WRITE, MMAP, MPROTECT = 0, 1, 9, 10

ALLOWED = {
    "read": READ,
    "write": WRITE,
    "munmap": 11,
    "brk": 12,
    "rt_sigreturn": 15,
    "madvise": 28,
    "mremap": 25,
    "getpid": 39,
    "exit": 60,
    "gettimeofday": 96,
    "futex": 202,
    "restart_syscall": 219,
    "clock_gettime": 228,
    "exit_group": 231,
    "getrandom": 318,
}
"""What a worker may call: its one open socket, its own memory, the time, its end."""

NOT_EXECUTABLE = {"mmap": MMAP, "mprotect": MPROTECT}
"""Memory may be had, but none that holds code."""

LOOK_UPS = {
    "open": 2,
    "stat": 4,
    "fstat": 5,
    "lstat": 6,
    "access": 21,
    "getcwd": 79,
    "readlink": 89,
    "openat": 257,
    "newfstatat": 262,
    "readlinkat": 267,
    "faccessat": 269,
    "statx": 332,
    "openat2": 437,
    "faccessat2": 439,
}
"""Answered with "permission denied": Python looks for files before it reports an error, and must survive that."""

_ARCH_X86_64 = 0xC000003E
_X32_BIT = 0x40000000
_EACCES = 13
_EXEC = 4  # PROT_EXEC

_KILL, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _THIRD = 0, 4, 32  # offsets in struct seccomp_data; _THIRD is the lower half of the third argument

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_SYS_SECCOMP, _GET_ACTION_AVAIL = 317, 2

_library = ctypes.CDLL(None, use_errno=True)


def program() -> bytes:
    """The filter: instructions of eight bytes (code, jump if true, jump if false, value)."""
    code = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, _ARCH_X86_64),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32_BIT),
        (_RETURN, 0, 0, _KILL),
    ]
    for number in ALLOWED.values():
        code += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    for number in LOOK_UPS.values():
        code += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO | _EACCES)]
    for number in NOT_EXECUTABLE.values():
        code += [(_EQUAL, 0, 4, number), (_LOAD, 0, 0, _THIRD), (_ANY_BIT, 0, 1, _EXEC)]
        code += [(_RETURN, 0, 0, _KILL), (_RETURN, 0, 0, _ALLOW)]
    code.append((_RETURN, 0, 0, _KILL))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def is_available() -> bool:
    """Whether this kernel filters system calls and this module knows their numbers."""
    if sys.platform != "linux" or platform.machine() != "x86_64" or sys.maxsize < 1 << 32:
        return False
    action = ctypes.c_uint32(_KILL)
    return bool(_library.syscall(_SYS_SECCOMP, _GET_ACTION_AVAIL, 0, ctypes.byref(action)) == 0)


def install() -> None:
    """Put this process under the filter, for good. Raises ``OSError`` when the kernel refuses.

    It must have renounced new privileges before (``PR_SET_NO_NEW_PRIVS``), or be root.
    """
    code = program()
    held = ctypes.create_string_buffer(code, len(code))
    pointed = struct.pack("@HxxxxxxP", len(code) // 8, ctypes.addressof(held))  # struct sock_fprog
    prctl(_PR_SET_SECCOMP, _MODE_FILTER, pointed)


def prctl(option: int, value: int, pointed: bytes | None = None) -> None:
    """Change this process by the system call of this name. Raises ``OSError``."""
    if _library.prctl(option, ctypes.c_ulong(value), pointed, ctypes.c_ulong(0), ctypes.c_ulong(0)) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}")
