"""Files of unknown origin: encodings, separators, bounds."""

import pytest
from tests.unit.catalog.reading import read_csv

from shopwright.catalog import csv_file
from shopwright.catalog.csv_file import CsvRecords, sniff_csv
from shopwright.catalog.encoding import encoding_of
from shopwright.errors import LimitExceeded, SourceError

TEXT = "Handle,Title,Price\ncafe,Café – 5 €,5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_recognised(tmp_path, encoding):
    assert read_csv(tmp_path, TEXT.encode(encoding)).products["cafe"].title == "Café – 5 €"


@pytest.mark.parametrize(("mark", "byte_order"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_both_byte_orders_of_utf16(tmp_path, mark, byte_order):
    assert read_csv(tmp_path, mark + TEXT.encode(byte_order)).products["cafe"].title == "Café – 5 €"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("part", [",", ";", "\t"])
def test_separators_and_line_ends(tmp_path, part, end):
    text = TEXT.replace(",", part).replace("\n", end)
    assert read_csv(tmp_path, text).counts == (1, 1, 0, 0)


def test_the_separator_line_of_excel_is_no_header(tmp_path):
    read = read_csv(tmp_path, "sep=;\r\nHandle;Title;Price\r\na;A, B;5\r\n")
    assert read.products["a"].title == "A, B"
    assert [row for row, *_ in read.faults] == [None]


def test_windows_text_far_into_the_file_is_still_recognised(tmp_path):
    text = "Handle,Title,Price\n" + "".join(f"p{number},Plain,5\n" for number in range(9_000)) + "z,Zoë,5\n"
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


def test_utf16_cut_in_the_middle_is_refused(tmp_path):
    with pytest.raises(SourceError, match="not valid"):
        read_csv(tmp_path, TEXT.encode("utf-16")[:-1])


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


def test_a_line_without_end_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_file, "MAX_RECORD", 1_000)
    with pytest.raises(LimitExceeded, match="longer than 1,000 characters"):
        read_csv(tmp_path, "Handle,Title,Price," + "x" * 2_000)
    with pytest.raises(LimitExceeded, match="longer than 1,000 characters"):
        read_csv(tmp_path, "Handle,Title,Price\n" + 'a,A,"5\n' * 1_000)


def test_a_cell_that_is_too_long_points_to_a_quotation_mark(tmp_path):
    with pytest.raises(LimitExceeded, match=r"record 2 cannot be read .* quotation mark"):
        read_csv(tmp_path, 'Handle,Title,Price\na,"' + "x" * 1_000_001 + '",5\n')


def test_too_many_columns_and_records_are_refused(tmp_path, monkeypatch):
    with pytest.raises(LimitExceeded, match="more than 2,000 columns"):
        read_csv(tmp_path, ",".join(f"c{number}" for number in range(2_001)))
    monkeypatch.setattr(csv_file, "MAX_RECORDS", 2)
    with pytest.raises(LimitExceeded, match="more than 2 records"):
        read_csv(tmp_path, "Handle,Title,Price\n" + "a,A,5\n" * 3)


def test_a_header_with_a_column_twice_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"file\.csv: the column 'title' stands twice"):
        read_csv(tmp_path, "Handle,Title,Price, title \n")


def test_custom_columns_may_repeat_and_a_second_spelling_is_custom(tmp_path):
    read = read_csv(tmp_path, "Handle,Title,Price,Note,Note,URL handle\na,A,5,x,y,z\n")
    assert read.dump("a")["custom"] == {"Note": "x", "Note (2)": "y", "URL handle": "z"}


def test_odd_rows_are_reported_and_add_up(tmp_path):
    read = read_csv(tmp_path, "Handle,Title,Price\n,,\nHandle , Title,Price\na,A\nb,B,5,6\nc,C,5,\n\n,,5\n")
    assert read.counts == (6, 3, 2, 1)
    assert [(row, code) for row, _, code in read.faults[1:]] == [
        (2, "row-empty"),
        (3, "header-repeated"),
        (4, "row-too-short"),
        (5, "row-too-long"),
        (7, "row-without-product"),
        (4, "variants-missing"),
    ]


def test_a_file_that_cannot_be_opened_is_named(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        sniff_csv(tmp_path)


def test_records_are_numbered_from_the_header(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text('a,b\n"1\n2",3\n\n4,5\n')
    assert list(CsvRecords(sniff_csv(path))) == [(2, ["1\n2", "3"]), (3, ["4", "5"])]
    assert encoding_of(path) == ("utf-8-sig", 0)
