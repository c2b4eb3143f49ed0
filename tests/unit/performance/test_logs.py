import asyncio
import io
import logging
import subprocess
import sys

import orjson
import pytest

from shopwright.errors import BuildError
from shopwright.performance import logs
from shopwright.performance.logs import FIELDS, bound, record, start_logging, stop_logging


@pytest.fixture
def written():
    """What was written, as values; logging is stopped afterwards."""
    stream = io.BytesIO()
    start_logging(stream=stream)
    yield lambda: [orjson.loads(line) for line in stream.getvalue().splitlines()]
    stop_logging()


def test_an_event_bears_names_of_ecs(written):
    record("job finished", tenant="luna", job="j1", seconds=1.5, status=200, store=None)
    (event,) = written()
    assert event.pop("@timestamp").endswith("Z")
    assert event.pop("process.pid") > 0
    assert event == {
        "log.level": "info",
        "message": "job finished",
        "ecs.version": logs.ECS_VERSION,
        "service.name": "shopwright",
        "organization.id": "luna",
        "shopwright.job.id": "j1",
        "event.duration": 1_500_000_000,
        "http.response.status_code": 200,
    }


def test_a_field_that_is_not_declared_is_not_shown(written):
    record("hello", customer="Ann Lee")
    assert written()[0]["shopwright.customer"] == logs.UNDECLARED
    assert "Ann" not in str(written())


def test_texts_are_redacted(written):
    record("for ann@mail.example", reason="password=hunter2")
    assert written()[0]["message"] == "for [e-mail]"
    assert written()[0]["event.reason"] == "password=[hidden]"


def test_an_error_says_its_type_its_message_and_its_places_and_no_values(written):
    def fails(secret):
        raise BuildError(f"no page for ann@mail.example, {len(secret)}")

    try:
        fails("hunter2")
    except BuildError as error:
        record("a build failed", "error", error=error)
    (event,) = written()
    assert event["log.level"] == "error"
    assert event["error.type"] == "BuildError"
    assert event["error.message"] == "no page for [e-mail], 7."
    assert event["error.stack_trace"].endswith(" fails")
    assert "hunter2" not in str(event)


async def test_what_is_bound_is_in_every_event_of_the_block_and_its_tasks(written):
    async def says():
        record("inside")

    with bound(request="r1"), bound(tenant="luna"):
        await asyncio.create_task(says())
        record("other", tenant="sol")
    record("after")
    inside, other, after = written()
    assert (inside["http.request.id"], inside["organization.id"]) == ("r1", "luna")
    assert other["organization.id"] == "sol"
    assert "http.request.id" not in after


def test_events_of_libraries_are_written_as_ours(written):
    logger = logging.getLogger("uvicorn.error")
    logger.info("started with token=abcdefgh")
    logger.warning("slow")
    try:
        int("ann@mail.example")
    except ValueError:
        logger.exception("broke")
    first, second, third = written()
    assert (first["message"], first["shopwright.part"]) == ("started with token=[hidden]", "uvicorn.error")
    assert [second["log.level"], third["log.level"]] == ["warning", "error"]
    assert third["error.message"] == "invalid literal for int() with base 10: '[e-mail]'"


def test_a_level_keeps_the_rest_out():
    stream = io.BytesIO()
    start_logging(level="warning", stream=stream)
    record("quiet", "debug")
    record("quiet")
    logging.getLogger("x").debug("quiet")
    record("loud", "warning")
    stop_logging()
    assert [orjson.loads(line)["message"] for line in stream.getvalue().splitlines()] == ["loud"]


def test_debug_events_of_libraries_stay_debug():
    stream = io.BytesIO()
    start_logging(level="debug", stream=stream)
    logging.getLogger("x").debug("fine")
    stop_logging()
    assert orjson.loads(stream.getvalue())["log.level"] == "debug"


def test_libraries_that_were_silenced_before_are_heard_again(written):
    logging.disable()
    start_logging(stream=(stream := io.BytesIO()))
    logging.getLogger("x").warning("fine")
    assert orjson.loads(stream.getvalue())["message"] == "fine"
    assert written() == []


def test_words_for_a_terminal():
    stream = io.BytesIO()
    start_logging("text", stream=stream)
    record("job finished", "warning", tenant="luna", job="j1")
    record("plain")
    stop_logging()
    first, second = stream.getvalue().decode().splitlines()
    assert first[8:] == " warning  job finished  organization.id=luna  job.id=j1"
    assert second[8:] == " info     plain"


def test_nothing_is_written_before_and_after(capfd):
    stop_logging()
    record("nobody hears")
    logging.getLogger("x").error("nobody")
    assert capfd.readouterr() == ("", "")


def test_nothing_is_written_by_who_never_started():
    says = "from shopwright.performance.logs import record; record('nobody hears')"
    said = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True)
    assert (said.stdout, said.stderr) == ("", "")


def test_each_field_has_a_name_of_its_own():
    assert len(set(FIELDS.values())) == len(FIELDS)
