import datetime as dt

import orjson
from tests.unit.performance.alerts.ruled import rule

from shopwright.performance.alerts.evaluation import Notice
from shopwright.performance.alerts.message import Message

AT = dt.datetime(2026, 11, 24, 4, 0, tzinfo=dt.UTC)


def message(state="firing", value=12.5, **changed):
    notice = Notice(rule(**changed), state, 60.0, 120.0, value)
    return Message(notice, "shop-1/api", AT, AT - dt.timedelta(seconds=60))


def test_as_json():
    assert orjson.loads(message().as_json()) == {
        "type": "alert.firing",
        "timestamp": "2026-11-24T04:00:00+00:00",
        "data": {
            "alert": "too-many",
            "severity": "ticket",
            "says": "There are too many",
            "remedy": "Take some away.",
            "value": 12.5,
            "bound": 10.0,
            "source": "shop-1/api",
            "since": "2026-11-24T03:59:00+00:00",
        },
    }


def test_as_text():
    assert message("cleared").subject == "[cleared] There are too many (shop-1/api)"
    assert message().as_text() == (
        "There are too many\n\nWhat to do: Take some away.\n\nAlert: too-many (ticket)\n"
        "State: firing, since 2026-11-24 03:59:00 UTC\nValue: 12.5; bound: above 10\nProcess: shop-1/api\n"
    )
    assert "Value: unknown; bound: below 3" in message(value=None, above=None, below=3).as_text()


def test_each_message_has_an_id_of_its_own_that_stays_the_same():
    assert message().id == message().id == "too-many.firing.shop-1/api.1795492800"
    assert message().id != message("cleared").id
