"""The whole description, asked for what it says and for what it does not say, by schemathesis as every role.

A real server over a real database: no answer is a fault of the service, each is of the form that is described, and
nothing of another tenant comes back. `make proof` asks more.
"""

import asyncio
import os
import threading
from contextlib import contextmanager

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.unit.api.serving import serving

from shopwright.access.roles import Role
from shopwright.api.server import BoundedProtocol

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)


@schemathesis.serializer("application/zip", "application/jsonl", "text/csv")
def as_bytes(ctx, value):
    """Uploads are sent as they are."""
    return value if isinstance(value, bytes) else str(value).encode()


STREAMS = "follow_job"
"""It answers for as long as a job takes."""


class Started(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config):
        super().__init__(config)
        self.began = asyncio.Event()

    async def startup(self, sockets=None):
        await super().startup(sockets)
        self.began.set()


@contextmanager
def running(uri, folder):
    """The application behind a server in a thread of its own: its address, and what people's browsers send."""
    told, ends = {}, threading.Event()
    ready = threading.Event()

    async def main():
        async with serving(uri, folder) as api:
            told["api"] = api
            told["headers"] = {role: await api.headers(role) for role in Role}
            config = uvicorn.Config(api.shell, port=0, http=BoundedProtocol, lifespan="off", log_config=None, ws="none")
            server = Started(config)
            task = asyncio.create_task(server.serve())
            await server.began.wait()
            told["port"] = server.servers[0].sockets[0].getsockname()[1]
            ready.set()
            await asyncio.to_thread(ends.wait)
            server.should_exit = True
            await task

    thread = threading.Thread(target=asyncio.run, args=(main(),))
    thread.start()
    assert ready.wait(30)
    try:
        yield told
    finally:
        ends.set()
        thread.join(30)


@pytest.fixture(scope="module")
def service(own_mongo):
    with running(*own_mongo) as told:
        yield told


def asked(service, role, examples):
    """Ask every operation as a role; what was wrong."""
    api, headers = service["api"], service["headers"][role]
    schema = schemathesis.openapi.from_dict(api.shell.app.openapi())
    schema.config.update(base_url=f"http://127.0.0.1:{service['port']}")
    faults = []
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.definition.raw["operationId"] != STREAMS:
            faults += _faults(operation, headers, api, examples)
    return faults


def _faults(operation, headers, api, examples):
    found = []

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @_given(operation)
    def ask(case):
        if "tenant" in case.path_parameters:
            case.path_parameters["tenant"] = api.luna.name
        answer = case.call(headers=headers, timeout=30)
        try:
            case.validate_response(answer, checks=CHECKS)
        except BaseExceptionGroup as wrong:
            found.append(f"{operation.label}: {answer.status_code} {[str(each)[:300] for each in wrong.exceptions]}")
        assert api.sol.marker not in answer.text
        assert "Traceback" not in answer.text

    ask()
    return found[:3]


def _given(operation):
    from hypothesis import given

    return given(case=operation.as_strategy())


EXAMPLES = int(os.environ.get("SHOPWRIGHT_FUZZING_EXAMPLES", "1"))


@pytest.mark.parametrize("role", [Role.OWNER])
def test_no_request_is_answered_with_a_fault(service, role):
    assert asked(service, role, EXAMPLES) == []


@pytest.mark.proof
@pytest.mark.parametrize("role", Role)
def test_no_request_of_any_role_is_answered_with_a_fault(service, role):
    assert asked(service, role, 25) == []
