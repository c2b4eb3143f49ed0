import datetime as dt

import pytest
from pydantic import ValidationError

from shopwright.multi_tenant.domains.documents import DomainDocument

FIELDS = {"tenant": "luna", "serves": "main", "token": "a" * 40, "proved": dt.datetime(2026, 11, 23, tzinfo=dt.UTC)}


def test_a_domain_is_of_one_tenant():
    assert DomainDocument(id="luna.org", **FIELDS).tenant == "luna"
    for name in ("Luna.org", "l", "luna.org\n"):
        with pytest.raises(ValidationError):
            DomainDocument(id=name, **FIELDS)
