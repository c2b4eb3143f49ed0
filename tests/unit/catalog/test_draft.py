from shopwright.catalog.draft import Draft, Import
from shopwright.catalog.faults import Report
from shopwright.catalog.row import Row, read_header
from shopwright.catalog.store import Store


def new_run(*folders) -> Import:
    return Import(Report(), Store(name="S"), folders)


def new_draft() -> Draft:
    return Draft([Row(2, ["x"], read_header(("Image",), {"image": "image"}.get))], {})


def test_handles_are_numbered_when_they_are_taken():
    run = new_run()
    assert [run.free_handle(wanted) for wanted in ("a", "a", "a-3", "a", "a")] == ["a", "a-2", "a-3", "a-4", "a-5"]
    assert len(run.free_handle("x" * 150)) == len(run.free_handle("x" * 150)) + 8 == 150


def test_only_usable_pictures_are_taken(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"x")
    run, draft = new_run(tmp_path), new_draft()
    texts = ("", "a.jpg", "../a.jpg", "b.jpg", "b.jpg")
    taken = [draft.add_picture(run, draft.rows[0], "image", text) for text in texts]
    assert taken == [None, "a.jpg", None, "b.jpg", "b.jpg"]
    assert [fault.code for fault in run.report.faults] == ["picture-address", "picture-missing"]
    assert run.report.faults[0].column == "Image"


def test_a_category_path_is_a_group_for_each_of_its_parts():
    draft = new_draft()
    draft.add_group("Eyewear", "Round")
    draft.add_group("Eyewear", "؟")
    draft.add_group("")
    assert draft.groups == {"eyewear": "Eyewear", "eyewear-round": "Round"}
