"""Copies of fetched pictures."""

import os
import time
from pathlib import Path

import pytest

from shopwright.asset_pipeline.cache import write_whole
from shopwright.asset_pipeline.copies import Copies, Copy, fresh_until

ADDRESS = "https://shop.example/a.jpg"
COPY = Copy("ab" * 32, 5, '"v1"', "Mon, 01 Jun 2026 10:00:00 GMT", 9e9)


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    copies = Copies(tmp_path)
    write_whole(copies.body(ADDRESS), b"12345")
    copies.note(ADDRESS, COPY)
    return copies


def test_a_copy_is_found_with_all_that_is_known_of_it(copies: Copies) -> None:
    assert copies.find(ADDRESS) == COPY
    assert copies.find(ADDRESS + "?v=2") is None
    assert copies.original(ADDRESS, COPY).path.read_bytes() == b"12345"


def test_a_broken_copy_is_none(copies: Copies) -> None:
    copies.body(ADDRESS).write_bytes(b"1234")
    assert copies.find(ADDRESS) is None
    copies.body(ADDRESS).unlink()
    assert copies.find(ADDRESS) is None
    copies.body(ADDRESS).with_suffix(".json").write_bytes(b"[1]")
    assert copies.find(ADDRESS) is None


def test_a_use_is_written_down(copies: Copies) -> None:
    past = time.time() - 5000
    os.utime(copies.body(ADDRESS), (past, past))
    copies.find(ADDRESS)
    assert copies.body(ADDRESS).stat().st_mtime > past + 1000


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("", 86_400),
        ("public", 86_400),
        ("no-store, max-age=0", 3_600),
        ("max-age=7200", 7_200),
        ('max-age="7200"', 7_200),
        ("public, max-age=31536000, immutable", 30 * 86_400),
    ],
)
def test_servers_are_believed_within_bounds(said: str, seconds: int) -> None:
    headers = {"cache-control": said} if said else {}
    assert fresh_until(headers) == pytest.approx(time.time() + seconds, abs=5)


def test_fresh_and_conditions() -> None:
    assert COPY.fresh
    assert not Copy("", 0, "", "", 1.0).fresh
    assert COPY.conditions == [("If-None-Match", '"v1"'), ("If-Modified-Since", "Mon, 01 Jun 2026 10:00:00 GMT")]
    assert Copy("", 0, "", "", 1.0).conditions == []
