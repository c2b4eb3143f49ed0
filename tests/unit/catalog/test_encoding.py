import pytest
from tests.unit.catalog.reading import read_csv

from shopwright.errors import SourceError

TEXT = "Handle,Title,Price\ncafe,Café – 5 €,5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_recognised(tmp_path, encoding):
    assert read_csv(tmp_path, TEXT.encode(encoding)).products["cafe"].title == "Café – 5 €"


@pytest.mark.parametrize(("mark", "byte_order"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_both_byte_orders_of_utf16(tmp_path, mark, byte_order):
    assert read_csv(tmp_path, mark + TEXT.encode(byte_order)).products["cafe"].title == "Café – 5 €"


def test_windows_text_far_into_the_file_is_still_recognised(tmp_path):
    plain = "Plain" * 30
    text = "Handle,Title,Price\n" + "".join(f"p{number},{plain},5\n" for number in range(900)) + "z,Zoë,5\n"
    assert read_csv(tmp_path, text.encode("cp1252")).products["z"].title == "Zoë"


def test_a_damaged_utf8_file_stays_utf8_and_says_so(tmp_path):
    rows = "".join(f"p{number},Zoë,5\n" for number in range(40))
    read = read_csv(tmp_path, f"Handle,Title,Price\n{rows}".encode() + b"q,Q\xff,5\n")
    assert read.products["p0"].title == "Zoë"
    assert read.products["q"].title == "Q\ufffd"
    assert (None, None, "encoding-damaged") in read.faults


def test_bytes_of_no_accepted_encoding_are_refused(tmp_path):
    with pytest.raises(SourceError, match="neither UTF-8 nor Windows-1252"):
        read_csv(tmp_path, b"Handle,Title,Price\na,\x81\x8d\x8f,5\n")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty"),
        (b"PK\x03\x04....", "ZIP archive or an Excel workbook"),
        (b"PK\x05\x06", "empty ZIP archive"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0", "old Excel workbook"),
        (b"\x89PNG\x00\x00", "binary"),
        (b"[]", "JSON array"),
        (b"just words\n", "no catalogue of products: it has the columns just words"),
    ],
)
def test_what_is_no_catalogue_is_named(tmp_path, content, what):
    with pytest.raises(SourceError, match=what):
        read_csv(tmp_path, content)
