"""What a build did."""

from dataclasses import replace

from shopwright.catalog.faults import Fault, Severity
from shopwright.generation.built import Built, theme_report
from shopwright.performance.line_metrics import FAULTS, FILES, PICTURES
from shopwright.template_engine.confinement.lockdown import confinement_level
from shopwright.template_engine.theme import load_theme


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
        "theme": {},
        "pictures": {},
        "audit": {},
        "faults": [{"row": 3, "column": "Price", "code": "price-zero", "severity": "warning", "message": "No price."}],
    }


def test_two_runs_of_one_build_are_counted_together():
    first = Built(pages=2, files=5, written=5, reused=0, removed=1, bytes=900)
    first.pictures = {"made": 3, "reused": 1, "failed": 0, "complete": 0, "incomplete": 4, "formats": {"webp": {}}}
    second = Built(pages=2, files=9, written=6, reused=3, removed=0, bytes=1900)
    second.pictures = {"made": 0, "reused": 4, "failed": 0, "complete": 4, "incomplete": 0, "formats": {"avif": {}}}
    both = first.followed_by(second)
    assert (both.pages, both.files, both.written, both.reused, both.removed, both.bytes) == (2, 9, 11, 0, 1, 1900)
    assert both.pictures == {
        "made": 3, "reused": 1, "failed": 0, "complete": 4, "incomplete": 0, "formats": {"avif": {}}
    }  # fmt: skip


def test_a_theme_of_ours_is_not_confined_and_any_other_says_by_what():
    ours = load_theme("atelier")
    assert theme_report(ours) == {"name": "atelier", "digest": ours.digest, "confined": None}
    report = theme_report(replace(ours, builtin=False))
    level = confinement_level()
    assert report["confined"] == {"memory": level.memory, "system_calls": level.system_calls}


def test_what_was_built_is_counted():
    def of(metric, value):
        return metric.collect().series.get((value,), 0)

    asked = [(FILES, "written"), (FILES, "reused"), (FILES, "removed"), (PICTURES, "reused"), (FAULTS, "warning")]
    before = [of(*each) for each in asked]
    fault = Fault("price-zero", Severity.WARNING, "No price.")
    built = Built(pages=2, files=5, written=3, reused=2, removed=1, bytes=900, faults=[fault])
    built.pictures = {"made": 0, "reused": 4, "failed": 0}
    built.count()
    assert [of(*each) - then for each, then in zip(asked, before, strict=True)] == [3, 2, 1, 4, 1]
