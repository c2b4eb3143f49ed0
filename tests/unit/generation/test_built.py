"""What a build did."""

from shopwright.catalog.faults import Fault, Severity
from shopwright.generation.built import Built


def test_the_published_shape():
    fault = Fault("price-zero", Severity.WARNING, "No price.", row=3, column="Price", value="0")
    built = Built(pages=2, files=5, written=3, reused=2, removed=1, bytes=900, seconds=1.23456, faults=[fault])
    assert built.as_json() == {
        "pages": 2,
        "files": 5,
        "written": 3,
        "reused": 2,
        "removed": 1,
        "bytes": 900,
        "seconds": 1.235,
        "faults": [{"row": 3, "column": "Price", "code": "price-zero", "severity": "warning", "message": "No price."}],
    }
