"""The edge programs give what Shopwright's own server gives: the same requests, asked of both."""

import base64
import http.client
import json
import subprocess
from pathlib import Path

import playwright
import pytest
from cryptography.hazmat.primitives import serialization
from tests.loopback import running

from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases.document import release_key
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.signing import load_signer, load_trust
from shopwright.storage.serving.hosts import one_site
from shopwright.storage.serving.release_site import ReleaseSite
from shopwright.storage.serving.server import open_server

HERE = Path(__file__).parent
EDGE = HERE.parents[1] / "examples/edge"
NODE = Path(playwright.__file__).parent / "driver/node"

FILES = {
    "index.html": "home",
    "404.html": "not here",
    "de/index.html": "Start",
    "de/404.html": "nicht da",
    "café/index.html": "coffee",
    "products/luna/index.html": "luna",
    "assets/site.0123.css": "p{color:red}" * 50,
    "assets/old.0123.js": "old",
    "sw.js": "//",
    "_headers": "/*\n  Content-Security-Policy: default-src 'none'\n/de/\n  Cache-Control: max-age=5\n",
    "_redirects": "/old/ /new/ 301\n/shop/* /products/:splat 308\n/:x/sale https://sale.example/:x\n"
    "/gone/* - 410\n/left/ /404.html 410\n/%D9%86/ /new/ 301\n",
}
PATHS = [
    *(
        "/",
        "/de/",
        "/de",
        "/de?x=1",
        "/caf%C3%A9/",
        "/caf%C3%A9",
        "/products/luna/",
        "/products/",
        "/products/luna/index.html",
    ),
    *(
        "/assets/site.0123.css",
        "/assets/old.0123.js",
        "/assets/gone.js",
        "/sw.js",
        "/_headers",
        "/_redirects",
        "/gone.html",
    ),
    *(
        "/old/",
        "/old",
        "/shop/a/b%20c",
        "/shop/%2fevil.example",
        "/de/sale",
        "/gone/x",
        "/left/",
        "/left",
        "/%D9%86/",
        "/%D9%86",
        "/de/gone/x",
        "/fr/x",
        "/.env",
        "/a//b",
    ),
    *("/%2e%2e/x", "/a%5cb", "/%00", "/%ff"),
]
SAME = (
    "content-type",
    "cache-control",
    "etag",
    "content-security-policy",
    "surrogate-key",
    "location",
    "vary",
    "x-frame-options",
)


@pytest.fixture(params=["", "/shops/luna"])
def target(request, tmp_path):
    """A folder target with a release before the live one."""
    signer = load_signer(tmp_path / "key.pem")
    for files in (FILES, {**FILES, "index.html": "new home", "assets/old.0123.js": None}):
        for name, text in files.items():
            place = tmp_path / "site" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)
            if text is not None:
                place.write_text(text)
        publish(tmp_path / "site", FolderObjects(tmp_path / "target"), signer, request.param)
    return tmp_path


def edge(target, mode, asked, key=""):
    command = [NODE, HERE / "edge_runner.mjs", EDGE, target / "target", mode, key]
    return subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=False, timeout=60)


def answers(target, mode, asked, key=""):
    done = edge(target, mode, asked, key)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def served(target, asked):
    """The same requests of our own server."""
    site = ReleaseSite(FolderObjects(target / "target"), load_trust(target / "key.pem", None))
    with running(open_server(one_site(site), 0)) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        for request in asked:
            connection.request(request["method"], request["path"], headers=request["headers"])
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.headers.items()}
            yield {"status": answer.status, "headers": headers, "body": answer.read().decode()}
        connection.close()


def requests(target, methods):
    base = json.loads(next((target / "target/releases").iterdir()).read_text().splitlines()[0])["base"]
    paths = [*(base + path for path in PATHS), *(["/", "/shops/luna", "/shops/lunatic/"] if base else [])]
    return [{"method": method, "path": path, "headers": {}} for path in paths for method in methods]


def public_key(target):
    raw = load_signer(target / "key.pem").public.public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw
    )
    return base64.b64encode(raw).decode()


def compared(answer):
    location = answer["status"] < 400 and answer["headers"].get("location")
    said = {name: answer["headers"].get(name) for name in SAME if answer["status"] == 200}
    return answer["status"], location, said, answer["body"]


@pytest.mark.parametrize(
    ("mode", "methods"),
    [("store", ("GET", "HEAD")), ("cloudflare", ("GET",)), ("fastly", ("GET",)), ("cloudfront", ("GET",))],
)
def test_an_edge_program_answers_as_our_server_does(target, mode, methods):
    asked = requests(target, methods)
    ours = list(served(target, asked))
    for request, own, theirs in zip(asked, ours, answers(target, mode, asked, public_key(target)), strict=True):
        assert compared(theirs) == compared(own), request


def test_what_a_browser_has_is_not_sent_again(target):
    asked = requests(target, ["GET"])[:1]
    etag = answers(target, "store", asked)[0]["headers"]["etag"]
    known = [{**asked[0], "headers": {"If-None-Match": value}} for value in (etag, f'"x", W/{etag}', "*", '"x"')]
    assert [answer["status"] for answer in answers(target, "store", known)] == [304, 304, 304, 200]
    assert answers(target, "store", [{**asked[0], "method": "POST"}])[0]["status"] == 405


def test_cloudfront_gives_the_compressed_form(target):
    css = next(each for each in requests(target, ["GET"]) if each["path"].endswith(".css"))
    answer = answers(target, "cloudfront", [{**css, "headers": {"Accept-Encoding": "br,gzip"}}])[0]
    assert answer["headers"]["etag"].endswith('-br"')
    assert len(answer["body"]) < 100


def test_nothing_damaged_or_of_strangers_is_given(target):
    asked = requests(target, ["GET"])[:1]
    stranger = base64.b64encode(bytes(32)).decode()
    assert "nobody trusted" in edge(target, "store", asked, stranger).stderr
    objects = FolderObjects(target / "target")
    live = json.loads(objects.read("current").data)["release"]
    objects.write(release_key(live), objects.read(release_key(live)).data.replace(b"text/html", b"text/evil"))
    assert "damaged" in edge(target, "store", asked).stderr
