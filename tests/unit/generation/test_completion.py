"""The second tier, told of a workshop whose outcomes are known."""

import pytest

from shopwright.asset_pipeline.rendition import PreparedPicture, Traits
from shopwright.catalog.faults import Report, Severity
from shopwright.errors import PictureError
from shopwright.generation.completion import EVERYTHING, NOTHING, complete_pictures
from shopwright.generation.spool import Spool

PICTURE = PreparedPicture(1, 1, "#000000", (), "jpeg", 9, Traits(transparent=False, drawing=False))


class Workshop:
    """Completes each picture in a second of a clock of its own, as long as it may go on."""

    def __init__(self, monkeypatch, broken=()):
        self.now, self.broken, self.rested = 100.0, broken, False
        monkeypatch.setattr("time.monotonic", lambda: self.now)

    def complete(self, requests, go_on):
        for request in requests:
            if not go_on():
                return
            self.now += 1
            if request.source in self.broken:
                yield request, None, PictureError("picture too large.", remedy="Shrink it.")
            else:
                yield request, PICTURE, None

    def rest(self):
        self.rested = True


@pytest.fixture
def spool(tmp_path):
    spool = Spool(tmp_path)
    spool.ask_pictures((f"{number}.jpg", "Luna") for number in range(5))
    yield spool
    spool.close()


@pytest.mark.parametrize(("seconds", "completed"), [(NOTHING, 0), (0.5, 1), (3.0, 3), (EVERYTHING, 5)])
def test_no_picture_is_begun_after_the_time(spool, monkeypatch, seconds, completed):
    workshop, ticks = Workshop(monkeypatch), []
    assert complete_pictures(spool, workshop, seconds, Report(), lambda: ticks.append(1)) == completed
    assert (len(ticks), workshop.rested) == (completed, completed > 0)


def test_a_picture_that_stays_as_it_is_has_a_line_in_the_report(spool, monkeypatch):
    report = Report()
    workshop = Workshop(monkeypatch, broken=("1.jpg",))
    assert complete_pictures(spool, workshop, EVERYTHING, report, lambda: None) == 4
    (fault,) = report.faults
    assert (fault.code, fault.severity, fault.value) == ("picture-incomplete", Severity.WARNING, "1.jpg")
    assert fault.message == "1.jpg: shown without its larger files: picture too large. Shrink it."
