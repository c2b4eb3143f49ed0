"""Files of unknown origin: encodings, separators, bounds."""

import pytest
from tests.unit.catalog.reading import read_csv

from shopwright.catalog import csv_file
from shopwright.catalog.csv_file import CsvRecords, sniff_csv
from shopwright.catalog.encoding import encoding_of
from shopwright.errors import LimitExceeded, SourceError

TEXT = "Handle,Title,Price\ncafe,Café – 5 €,5\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("part", [",", ";", "\t"])
def test_separators_and_line_ends(tmp_path, part, end):
    text = TEXT.replace(",", part).replace("\n", end)
    assert read_csv(tmp_path, text).counts == (1, 1, 0, 0)


def test_the_separator_line_of_excel_is_no_header(tmp_path):
    read = read_csv(tmp_path, "sep=;\r\nHandle;Title;Price\r\na;A, B;5\r\n")
    assert read.products["a"].title == "A, B"
    assert [row for row, *_ in read.faults] == [None]


def test_utf16_cut_in_the_middle_is_refused(tmp_path):
    with pytest.raises(SourceError, match="not valid"):
        read_csv(tmp_path, TEXT.encode("utf-16")[:-1])


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
