"""Bytes kept within a bound."""

from shopwright.storage.serving.memory import ByteMemory


def test_what_was_made_is_not_made_again():
    memory, made = ByteMemory(100), []

    def make():
        made.append(1)
        return b"x"

    assert [memory.get("a", make), memory.get("a", make)] == [b"x", b"x"]
    assert made == [1]


def test_the_longest_unused_goes_first():
    memory = ByteMemory(40)
    for key in "abcd":
        memory.get(key, lambda: b"0123456789")
    memory.get("a", lambda: b"never")
    memory.get("e", lambda: b"0123456789")
    assert memory.get("a", lambda: b"new") == b"0123456789"
    assert memory.get("b", lambda: b"new") == b"new"


def test_what_is_large_is_not_kept():
    memory = ByteMemory(40)
    assert memory.get("a", lambda: b"x" * 11) == b"x" * 11
    assert memory.get("a", lambda: b"y") == b"y"
