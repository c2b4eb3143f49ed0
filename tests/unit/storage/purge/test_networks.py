"""CDNs are told only what changed: shopwright.storage.purge.api, cloudfront, cloudflare, fastly.

(shopwright.storage.purge.cloudfront, shopwright.storage.purge.cloudflare, shopwright.storage.purge.fastly)
"""

import dataclasses
import socket

import pytest
from tests.unit.storage.purge.networks_spoken import TOKEN, CloudflareApi, CloudFrontApi, FastlyApi, speaking

from shopwright.errors import SettingsError, StorageError
from shopwright.settings import Secret, read_aws, read_settings
from shopwright.storage.delivery import surrogate_key
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.purge import api
from shopwright.storage.purge import networks as module
from shopwright.storage.purge.api import ApiRequest, send
from shopwright.storage.purge.changes import Changes
from shopwright.storage.purge.cloudflare import Cloudflare
from shopwright.storage.purge.cloudfront import CloudFront
from shopwright.storage.purge.fastly import Fastly
from shopwright.storage.purge.networks import changed_since, open_network
from shopwright.storage.releases.document import release_key
from shopwright.storage.releases.publish import publish

CHANGES = Changes("abc-7", ("/", "/de/a%20b/"), (surrogate_key("index.html"), surrogate_key("de/a b/index.html")))
MANY = Changes(
    "abc-8", tuple(f"/{number}/" for number in range(3_001)), tuple(f"{number:016}" for number in range(513))
)
EVERYTHING = Changes("abc-9", everything=True)
AWS = read_aws({"AWS_ACCESS_KEY_ID": "access", "AWS_SECRET_ACCESS_KEY": TOKEN, "AWS_SESSION_TOKEN": "session"})


@pytest.fixture
def pauses(monkeypatch):
    """Pauses are noted, not made."""
    made = []
    monkeypatch.setattr(send, "__defaults__", (None, made.append))
    return made


@pytest.fixture
def cloudflare():
    with speaking(CloudflareApi) as spoken:
        yield spoken, Cloudflare("zone", Secret(TOKEN), "https://shop.example/luna", spoken.address)


@pytest.fixture
def fastly():
    with speaking(FastlyApi) as spoken:
        yield spoken, Fastly("service", Secret(TOKEN), spoken.address)


@pytest.fixture
def cloudfront():
    with speaking(CloudFrontApi) as spoken:
        yield spoken, CloudFront("EDFDVBD6EXAMPLE", dataclasses.replace(AWS, cloudfront_endpoint=spoken.address))


def test_cloudflare_purges_addresses(cloudflare):
    spoken, network = cloudflare
    assert network.purge(CHANGES) == 1
    assert spoken.asked == [{"files": ["https://shop.example/", "https://shop.example/de/a%20b/"]}]
    assert network.purge(Changes("x")) == 0


def test_cloudflare_purges_a_hundred_at_once(cloudflare):
    spoken, network = cloudflare
    assert network.purge(MANY) == 31
    assert [len(asked["files"]) for asked in spoken.asked] == [100] * 30 + [1]


def test_cloudflare_purges_the_store_and_not_the_zone(cloudflare):
    spoken, network = cloudflare
    network.purge(EVERYTHING)
    assert spoken.asked == [{"prefixes": ["shop.example/luna"]}]


def test_cloudflare_that_says_no_with_status_200_is_heard(cloudflare):
    spoken, network = cloudflare
    spoken.troubles.append((200, {}, b'{"success":false}'))
    with pytest.raises(StorageError, match="did not accept the purge"):
        network.purge(CHANGES)


def test_fastly_purges_surrogate_keys(fastly):
    spoken, network = fastly
    assert network.purge(CHANGES) == 1
    assert network.purge(MANY) == 3
    assert network.purge(EVERYTHING) == 1
    assert spoken.asked[0] == list(CHANGES.keys)
    assert [len(asked) for asked in spoken.asked[1:4]] == [256, 256, 1]
    assert spoken.asked[4] == "everything"


def test_cloudfront_invalidates_paths_with_amazon_s_signature(cloudfront):
    spoken, network = cloudfront
    assert network.purge(CHANGES) == 1
    assert network.purge(MANY) == 2
    assert network.purge(EVERYTHING) == 1
    assert spoken.asked[0] == ("abc-7-0", ["/", "/de/a%20b/"])
    assert [(name, len(paths)) for name, paths in spoken.asked[1:]] == [
        ("abc-8-0", 3_000),
        ("abc-8-1", 1),
        ("abc-9-0", 1),
    ]


def test_cloudfront_without_a_session(cloudfront):
    spoken, network = cloudfront
    dataclasses.replace(network, aws=dataclasses.replace(network.aws, session_token=Secret())).purge(CHANGES)
    assert len(spoken.asked) == 1


def test_a_busy_api_is_asked_again_later_each_time(fastly, pauses):
    spoken, network = fastly
    spoken.troubles += [
        (503, {}, b""),
        (500, {}, b""),
        (429, {"Retry-After": "7"}, b""),
        (429, {"Retry-After": "9999"}, b""),
    ]
    network.purge(CHANGES)
    assert pauses == [0.5, 1.0, 7.0, 60.0]
    assert len(spoken.asked) == 1


def test_cloudfront_that_has_too_much_in_progress_is_asked_again(cloudfront, pauses):
    spoken, network = cloudfront
    spoken.troubles.append((400, {}, b"<Code>TooManyInvalidationsInProgress</Code>"))
    network.purge(CHANGES)
    assert (len(spoken.asked), len(pauses)) == (1, 1)


def test_an_api_that_stays_busy_is_told_about(fastly, pauses):
    spoken, network = fastly
    spoken.troubles += [(503, {}, b"over\n  loaded\x00")] * api.TRIES
    with pytest.raises(StorageError, match=r"did not accept the purge: 503 over loaded\. The release is live"):
        network.purge(CHANGES)
    assert len(pauses) == api.TRIES - 1


@pytest.mark.parametrize("name", ["cloudflare", "fastly", "cloudfront"])
def test_wrong_credentials_are_told_and_not_shown(name, request, pauses):
    _, network = request.getfixturevalue(name)
    if name == "cloudfront":
        wrong = dataclasses.replace(
            network, aws=dataclasses.replace(network.aws, secret_access_key=Secret("wrong-one"))
        )
    else:
        wrong = dataclasses.replace(network, token=Secret("wrong-one"))
    with pytest.raises(StorageError, match=r"40[13]") as refused:
        wrong.purge(CHANGES)
    assert "wrong-one" not in f"{refused.value} {wrong!r}"
    assert pauses == []


def test_redirects_are_not_followed(fastly, pauses):
    spoken, network = fastly
    spoken.troubles.append((307, {"Location": spoken.address}, b""))
    with pytest.raises(StorageError, match="307"):
        network.purge(CHANGES)
    assert spoken.asked == []


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_answer_is_an_error(pauses, scheme):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"{scheme}://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(StorageError, match="no answer: ConnectionRefusedError"):
        send(ApiRequest(address, b"", dict))
    assert len(pauses) == api.TRIES - 1


def test_moto_s_cloudfront_accepts_it(monkeypatch):
    """A second opinion: another reading of the API than ours."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        aws = dataclasses.replace(AWS, cloudfront_endpoint=f"http://{host}:{port}")
        assert CloudFront(_distribution(f"http://{host}:{port}"), aws).purge(CHANGES) == 1
    finally:
        server.stop()


def _distribution(endpoint):
    import boto3

    client = boto3.client(
        "cloudfront",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="access",
        aws_secret_access_key=TOKEN,
    )
    origin = {"Id": "o", "DomainName": "b.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    behaviour = {
        "TargetOriginId": "o",
        "ViewerProtocolPolicy": "allow-all",
        "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
        "MinTTL": 0,
    }
    config = {
        "CallerReference": "r",
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": behaviour,
    }
    return client.create_distribution(DistributionConfig=config)["Distribution"]["Id"]


SETTINGS = {"HOME": "/h", "SHOPWRIGHT_CLOUDFLARE_TOKEN": "c", "SHOPWRIGHT_FASTLY_TOKEN": "f"}


def opened(text, site_url="https://shop.example", settings=SETTINGS, aws=AWS):
    return open_network(text, site_url, read_settings(settings), aws)


def test_networks_are_named():
    assert opened("cloudfront:E1") == CloudFront("E1", AWS)
    assert opened("fastly:S1") == Fastly("S1", Secret("f"))
    assert opened("cloudflare:z1") == Cloudflare("z1", Secret("c"), "https://shop.example")


@pytest.mark.parametrize("text", ["", "akamai:x", "fastly", "fastly:", "fastly:../x", "fastly:a b"])
def test_what_is_no_network(text):
    with pytest.raises(SettingsError, match="is no CDN"):
        opened(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cloudfront:E1", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        ("fastly:S1", "SHOPWRIGHT_FASTLY_TOKEN"),
        ("cloudflare:z1", "SHOPWRIGHT_CLOUDFLARE_TOKEN"),
    ],
)
def test_credentials_are_asked_for_before_anything_is_done(text, name):
    with pytest.raises(SettingsError, match=f"{name}: the credentials are not set"):
        opened(text, settings={"HOME": "/h"}, aws=read_aws({}))


def test_cloudflare_needs_the_store_s_address():
    with pytest.raises(SettingsError, match="--site-url: Cloudflare purges whole addresses"):
        opened("cloudflare:z1", site_url="")


def test_what_a_switch_changed(make_site, tmp_path, signer):
    objects = FolderObjects(tmp_path / "target")
    first = publish(make_site(), objects, signer, "/luna")
    assert not changed_since(objects, first.pointer)
    second = publish(make_site(index_dot_html="new", assets__n_dot_1_dot_js="n"), objects, signer, "/luna")
    found = changed_since(objects, second.pointer)
    assert found == Changes(f"{second.release}-2", ("/luna/",), (surrogate_key("index.html"),))
    objects.delete([release_key(first.release)])
    assert changed_since(objects, second.pointer).everything
    assert module.changed_since
