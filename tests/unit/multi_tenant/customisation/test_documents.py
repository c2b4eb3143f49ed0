import pytest
from pydantic import ValidationError

from shopwright.multi_tenant.customisation.documents import FileDocument

FILE = {"id": "brand/a.png", "folder": "brand", "path": "a.png", "sha256": "0" * 64, "bytes": 0, "data": ""}


def test_a_file_stands_in_the_brand_or_in_a_theme():
    assert FileDocument(**{**FILE, "folder": "theme/mine"}).folder == "theme/mine"
    for folder in ("theme/", "theme/../x", "other"):
        with pytest.raises(ValidationError):
            FileDocument(**{**FILE, "folder": folder})
