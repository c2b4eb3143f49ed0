"""Objects in a bucket: what only a bucket does."""

import dataclasses
import socket
import urllib.request

import pytest
from obstore.exceptions import PreconditionError

from shopwright.errors import StorageError
from shopwright.settings import Aws, Secret
from shopwright.storage.objects import bucket as module
from shopwright.storage.objects.bucket import BucketObjects
from shopwright.validation.object_server import BUCKET


def test_headers_are_told_to_whoever_reads_the_bucket(s3):
    import obstore

    objects = BucketObjects(BUCKET, "headers", s3)
    said = {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=1", "Content-Encoding": "br"}
    objects.write("a", b"x", said)
    url = obstore.sign(objects._store, "GET", "a", module.dt.timedelta(seconds=60))
    with urllib.request.urlopen(url) as answer:
        assert {name: answer.headers[name] for name in said} == said


def test_a_switch_that_was_stored_although_its_answer_was_lost_is_a_switch(s3, monkeypatch):
    objects = BucketObjects(BUCKET, "lost", s3)
    put = module.obstore.put

    def lost(*args, **values):
        put(*args, **values)
        raise PreconditionError("the second try found the first one's")

    monkeypatch.setattr(module.obstore, "put", lost)
    assert objects.write_if("pointer", b"mine", None)


def test_wrong_credentials_say_so_and_show_none(s3):
    wrong = dataclasses.replace(s3, secret_access_key=Secret("wrong-secret"), session_token=Secret())
    with pytest.raises(StorageError) as refused:
        BucketObjects(BUCKET, "x", wrong).read("a")
    said = f"{refused.value!r} {refused.value} {refused.value.__cause__}"
    assert "s3://stores/x/a: the service could not do it" in said
    assert "wrong-secret" not in said
    assert "\n" not in str(refused.value)


def test_a_service_that_does_not_answer_ends_in_an_error(monkeypatch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    times = {**module._TIMES, "retry_config": {"max_retries": 1, "retry_timeout": module.dt.timedelta(seconds=1)}}
    monkeypatch.setattr(module, "_TIMES", times)
    aws = Aws("us-east-1", f"http://127.0.0.1:{port}", "", "id", Secret("key"), Secret())
    with pytest.raises(StorageError, match="credentials, and whether the service answers"):
        BucketObjects("bucket", "", aws).write("a", b"")


def test_more_than_a_thousand_are_deleted(s3):
    objects = BucketObjects(BUCKET, "many", s3)
    objects.write("a", b"")
    objects.delete([*(f"gone-{number}" for number in range(1_000)), "a"])
    assert objects.find("a") is None
