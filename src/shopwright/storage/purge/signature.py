"""AWS Signature Version 4: how a request to Amazon says who it is from (IAM User Guide, "Create a signed request").

Forty lines instead of Amazon's library, which is larger than all of Shopwright; the tests compare the two.
"""

import datetime as dt
import hashlib
import hmac
from urllib.parse import quote, urlsplit

from shopwright.settings import Aws

_ALGORITHM = "AWS4-HMAC-SHA256"


def signed_headers(url: str, body: bytes, aws: Aws, at: dt.datetime, scope: tuple[str, str]) -> dict[str, str]:
    """Headers of a POST of XML to ``url`` at a time (UTC); ``scope`` is region and service."""
    parts = urlsplit(url)
    stamp = at.strftime("%Y%m%dT%H%M%SZ")
    headers = {"content-type": "application/xml", "host": parts.netloc, "x-amz-date": stamp}
    if aws.session_token:
        headers["x-amz-security-token"] = aws.session_token.text
    names = ";".join(sorted(headers))
    canonical = "\n".join(
        [
            "POST",
            quote(parts.path, safe="/-_.~"),
            "",
            *(f"{name}:{headers[name]}" for name in sorted(headers)),
            "",
            names,
            hashlib.sha256(body).hexdigest(),
        ]
    )
    region, service = scope
    credential = f"{stamp[:8]}/{region}/{service}/aws4_request"
    to_sign = "\n".join([_ALGORITHM, stamp, credential, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{aws.secret_access_key.text}".encode()
    for part in credential.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    del headers["host"]
    who = f"Credential={aws.access_key_id}/{credential}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "authorization": f"{_ALGORITHM} {who}"}
