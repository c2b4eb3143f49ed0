"""AWS Signature Version 4, beside Amazon's own code."""

import datetime as dt

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from shopwright.settings import read_aws
from shopwright.storage.purge.signature import signed_headers

AT = dt.datetime(2015, 8, 30, 12, 36, tzinfo=dt.UTC)


def theirs(url, body, headers, token):
    request = AWSRequest("POST", url, data=body, headers=dict(headers))
    request.context["timestamp"] = headers["x-amz-date"]
    request.headers["host"] = url.split("/")[2]
    signer = SigV4Auth(
        Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token), "cloudfront", "us-east-1"
    )
    return signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)


@pytest.mark.parametrize("token", ["", "session-token=="])
@given(body=st.binary(max_size=200), path=st.from_regex(r"[A-Za-z0-9_~-]{1,20}", fullmatch=True))
def test_it_is_the_signature_amazon_computes(token, body, path):
    given_ = {
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        "AWS_SESSION_TOKEN": token,
    }
    url = f"https://cloudfront.amazonaws.com/2020-05-31/distribution/{path}/invalidation"
    headers = signed_headers(url, body, read_aws(given_), AT, ("us-east-1", "cloudfront"))
    authorization = headers.pop("authorization")
    assert authorization.startswith(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/cloudfront/aws4_request, "
    )
    assert authorization.endswith(f"Signature={theirs(url, body, headers, token or None)}")
