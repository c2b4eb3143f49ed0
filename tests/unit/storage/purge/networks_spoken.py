"""Small servers that speak the APIs of CDNs: they check what they are asked, and note it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.loopback import running

TOKEN = "very-secret-token"


@dataclass
class Spoken:
    """What a server was asked, and what it answers first: (status, headers, body), each once."""

    asked: list[Any] = field(default_factory=list)
    troubles: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    address: str = ""


@contextmanager
def speaking(handle: type[BaseHTTPRequestHandler]) -> Iterator[Spoken]:
    """A server on this machine, while this lasts."""
    spoken = Spoken()
    handler = type("Handler", (handle,), {"spoken": spoken})
    with running(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as port:
        spoken.address = f"http://127.0.0.1:{port}"
        yield spoken


class Api(BaseHTTPRequestHandler):
    """One POST after another; ``accept`` answers those that meet no trouble."""

    spoken: Spoken

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.spoken.troubles:
            self._answer(*self.spoken.troubles.pop(0))
            return
        self._answer(*self.accept(body))

    def accept(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        raise NotImplementedError

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


class CloudflareApi(Api):
    """``POST /zones/{zone}/purge_cache``: at most 100 operations, whole addresses, a bearer token."""

    def accept(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return 403, {}, b'{"success": false, "errors": [{"code": 10000, "message": "Authentication error"}]}'
        asked = json.loads(body)
        operations = [each for kind in asked.values() for each in kind]
        well = re.fullmatch(r"/zones/\w+/purge_cache", self.path) and 1 <= len(operations) <= 100
        if not well or not all(re.match(r"https?://", each) for each in asked.get("files", [])):
            return 400, {}, b'{"success": false, "errors": [{"code": 1012, "message": "Request must contain files"}]}'
        self.spoken.asked.append(asked)
        return 200, {}, b'{"success": true, "errors": [], "result": {"id": "zone"}}'


class FastlyApi(Api):
    """``POST /service/{id}/purge`` with at most 256 keys, or ``purge_all``; the token in ``Fastly-Key``."""

    def accept(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.headers["Fastly-Key"] != TOKEN:
            return 401, {}, b'{"msg":"Provided credentials are missing or invalid"}'
        if re.fullmatch(r"/service/\w+/purge_all", self.path):
            self.spoken.asked.append("everything")
            return 200, {}, b'{"status":"ok"}'
        keys = json.loads(body)["surrogate_keys"]
        if not re.fullmatch(r"/service/\w+/purge", self.path) or not 1 <= len(keys) <= 256:
            return 400, {}, b'{"msg":"Bad request"}'
        self.spoken.asked.append(keys)
        return 200, {}, json.dumps(dict.fromkeys(keys, "108-1391560174-974124")).encode()


class CloudFrontApi(Api):
    """``CreateInvalidation``; the signature is checked with Amazon's own code."""

    def accept(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        names = ("content-type", "x-amz-date", "x-amz-security-token")
        headers = {name: self.headers[name] for name in names if self.headers[name]}
        request = AWSRequest("POST", f"http://{self.headers['Host']}{self.path}", data=body, headers=headers)
        request.context["timestamp"] = headers["x-amz-date"]
        signer = SigV4Auth(Credentials("access", TOKEN, headers.get("x-amz-security-token")), "cloudfront", "us-east-1")
        request.headers["host"] = self.headers["Host"]
        wanted = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
        if not self.headers["Authorization"].endswith(f"Signature={wanted}"):
            return 403, {}, b"<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code></Error></ErrorResponse>"
        paths = re.findall("<Path>(.*?)</Path>", body.decode())
        if f"<Quantity>{len(paths)}</Quantity>".encode() not in body or len(paths) > 3_000:
            return 400, {}, b"<ErrorResponse><Error><Code>InconsistentQuantities</Code></Error></ErrorResponse>"
        self.spoken.asked.append((re.search("<CallerReference>(.*?)<", body.decode())[1], paths))
        return 201, {}, b"<Invalidation><Id>I1</Id><Status>InProgress</Status></Invalidation>"
