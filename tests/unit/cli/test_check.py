import json

import pytest
from click.testing import CliRunner
from tests.unit.catalog.reading import FIXTURES

from shopwright.catalog.faults import Report
from shopwright.catalog.source import open_source
from shopwright.cli.check import check, print_rows
from shopwright.errors import SourceError


def run(*arguments: object):
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def test_json_is_one_object_of_the_published_shape():
    result = run(FIXTURES / "shopify-older.csv", "--json")
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    faults = printed.pop("faults")
    assert printed == {
        "dialect": "shopify", "rows": 6, "rows_used": 6, "rows_merged": 0, "rows_refused": 0,
        "products": 3, "variants": 5, "pictures": 3,
    }  # fmt: skip
    assert faults[4] == {
        "row": 6,
        "column": "Variant Price",
        "code": "price-invalid",
        "severity": "error",
        "message": "The price 'abc' is not a price. It is shown, but cannot be bought. Write a price such as 129.50.",
    }


def test_the_summary_says_why_what_and_how_often():
    result = run(FIXTURES / "shopify-older.csv")
    assert "dialect shopify, because it has the columns Handle, Title and Body (HTML)." in result.stdout
    assert "6 rows: 6 used, 0 merged, 0 refused." in result.stdout
    assert "3 products (2 shown), 5 variants, 3 pictures." in result.stdout
    words = result.stdout.split()
    assert "price-invalid" in words
    assert "\x1b" not in result.stdout


def test_nothing_to_show_ends_with_status_2(tmp_path):
    path = tmp_path / "drafts.csv"
    path.write_text("Handle,Title,Price,Status\na,A,5,draft\n")
    assert run(path).exit_code == 2
    path.write_text("Handle,Title,Price,Status\n")
    assert run(path, "--json").exit_code == 2


def test_a_file_without_faults_has_no_table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("Title,Price\nA,$5\n")
    assert "severity" not in run(path).stdout


def test_faults_beyond_those_kept_are_counted(tmp_path):
    path = tmp_path / "many.csv"
    path.write_text("Handle,Title,Price\n" + ",,1\n" * 10_010 + "a,A,5\n")
    assert "… and 11 more faults." in run(path).stdout


def test_what_is_no_catalogue_prints_nothing(tmp_path):
    path = tmp_path / "links.csv"
    path.write_text("sku,linked_sku\na,b\n")
    result = run(path, "--json")
    assert result.stdout == ""
    assert isinstance(result.exception, SourceError)
    with pytest.raises(SourceError, match="it has the columns sku and linked_sku"):
        raise result.exception


def test_of_a_source_that_was_not_read_nothing_is_said(capsys):
    print_rows(open_source(FIXTURES / "shopify-older.csv"), Report())
    assert capsys.readouterr().out == ""
