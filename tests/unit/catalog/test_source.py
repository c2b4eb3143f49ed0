import pytest
from tests.unit.catalog.reading import FIXTURES, read_csv, store_folder

from shopwright.catalog.faults import Report
from shopwright.catalog.source import DIALECTS, open_source
from shopwright.errors import SourceError


def test_a_folder_must_hold_products_and_a_store(tmp_path):
    with pytest.raises(SourceError, match=r"holds neither products\.jsonl"):
        open_source(tmp_path)
    (tmp_path / "products.jsonl").write_text("{}")
    with pytest.raises(SourceError, match=r"no store\.yaml"):
        open_source(tmp_path)


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SourceError, match="no such file or folder"):
        open_source(tmp_path / "nothing.csv")


def test_the_store_may_be_given_apart(tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("name: Other\ncurrency: GBP\n")
    folder = store_folder(tmp_path, ['{"handle": "a", "title": "A"}'])
    assert open_source(folder, store_file=other).store.name == "Other"
    assert open_source(folder / "products.jsonl", store_file=other).store.currency == "GBP"


def test_what_is_no_catalogue_is_told_what_every_dialect_needs(tmp_path):
    with pytest.raises(SourceError) as refused:
        read_csv(tmp_path, ",".join(["sku", *(f"c{number}" for number in range(30))]))
    assert "it has the columns sku, c0, c1," in str(refused.value)
    assert "and c18 and more." in str(refused.value)
    assert all(f"{dialect.name}: {dialect.needs}" in str(refused.value) for dialect in DIALECTS)


def test_opening_does_not_read_the_products(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Handle,Title,Price\na,A,5\n")
    source = open_source(path)
    path.write_text("Handle,Title,Price\nb,B,5\nc,C,5\n")
    report = Report()
    assert [item.title for item in source.read(report)] == ["B", "C"]
    assert (report.dialect, report.reason) == ("shopify", "it has the columns Handle, Title and Price")


def test_pictures_are_looked_up_in_given_folders_first_and_then_beside_the_file(tmp_path):
    for name in ("images", "assets", "given"):
        (tmp_path / name).mkdir()
    (tmp_path / "a.csv").write_text("Handle,Title,Price\n")
    source = open_source(tmp_path / "a.csv", picture_folders=[tmp_path / "given"])
    assert [folder.name for folder in source.picture_folders] == ["given", tmp_path.name, "images", "assets"]


def test_temporary_files_stand_in_the_workspace_and_are_removed(tmp_path):
    workspace = tmp_path / "work"
    workspace.mkdir()
    items = open_source(FIXTURES / "shopify-older.csv", workspace=workspace).read(Report())
    next(items)
    assert len(list(workspace.iterdir())) == 1
    list(items)
    assert list(workspace.iterdir()) == []


def test_a_store_without_a_usable_name_has_one_all_the_same(tmp_path):
    (tmp_path / "-_.csv").write_text("Handle,Title,Price\n")
    assert open_source(tmp_path / "-_.csv").store.name == "Store"
