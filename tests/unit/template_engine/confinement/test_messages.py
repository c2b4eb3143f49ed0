import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from tests.security.confined import EDITIONS, theme_of

from shopwright.errors import ContextRefused, RenderLimitHit, ThemeError
from shopwright.template_engine.confinement import messages
from shopwright.template_engine.confinement.bounds import MAX_ANSWER
from shopwright.template_engine.confinement.messages import (
    MOST_TOLD,
    AnswerRefused,
    Failed,
    PageRequest,
    Rendered,
    Setup,
    frame,
    read_answer,
    take_answer,
)

ANSWER = {"html": "<p>é</p>", "fuel": 7, "cpu_ms": 1.5}
ERROR = {"error": "RenderLimitHit", "what": "w", "where": "x", "remedy": "r", "spent": True}


def test_a_request_holds_the_arguments_of_a_page():
    sent = PageRequest("page.html", "en", {"text": Markup("<b>")}, "<meta>").frame()
    assert int.from_bytes(sent[:4], "big") == len(sent) - 4
    assert orjson.loads(sent[4:]) == {
        "template": "page.html",
        "locale": "en",
        "head": "<meta>",
        "context": {"rich": [["text"]], "data": {"text": "<b>"}},
    }


def test_a_request_is_validated():
    with pytest.raises(ContextRefused):
        PageRequest("page.html", "en", {"_": 1}).frame()


def test_a_setup_is_packed_once():
    setup = Setup.of(theme_of(page="x"), EDITIONS)
    assert orjson.loads(setup.packed[4:]) == {"templates": {"page.html": "x"}, "editions": EDITIONS}
    assert (setup.locales, setup.templates, setup.theme) == (("en",), {"page.html"}, "mine")
    assert setup.digest != Setup.of(theme_of(page="y"), EDITIONS).digest
    assert "packed" not in repr(setup)


def test_what_cannot_be_sent_is_refused(monkeypatch):
    with pytest.raises(ThemeError, match="cannot be sent"):
        frame({"x": object()})
    monkeypatch.setattr(messages, "MAX_REQUEST", 10)
    with pytest.raises(RenderLimitHit, match=r"^context: the page's data has 16 bytes"):
        frame({"x": "12345678"})


def test_an_answer_is_read():
    assert read_answer(orjson.dumps(ANSWER)) == Rendered("<p>é</p>", 7, 1.5, 9)
    assert read_answer(orjson.dumps({**ANSWER, "fuel": -1, "cpu_ms": -1.0})) == Rendered("<p>é</p>", 0, 0.0, 9)
    liar = read_answer(orjson.dumps({**ANSWER, "fuel": 2**64 - 1, "cpu_ms": 1e308}))
    assert liar == Rendered("<p>é</p>", MOST_TOLD, MOST_TOLD, 9)


def test_an_error_is_of_a_kind_of_ours():
    failed = read_answer(orjson.dumps(ERROR))
    assert isinstance(failed, Failed)
    assert type(failed.error) is RenderLimitHit
    assert (str(failed.error), failed.spent) == ("x: w. r", True)
    failed = read_answer(orjson.dumps({**ERROR, "error": "SystemExit", "what": "w" * 3_000}))
    assert type(failed.error) is ThemeError
    assert len(failed.error.what) == 2_000


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        None,
        {**ANSWER, "html": None},
        {**ANSWER, "fuel": "7"},
        {**ANSWER, "cpu_ms": 1},
        {**ERROR, "spent": 1},
        {**ERROR, "where": ["x"]},
    ],
    ids=str,
)
def test_nothing_else_is_an_answer(answer):
    with pytest.raises(AnswerRefused):
        read_answer(orjson.dumps(answer))


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_bytes_of_a_worker_are_an_answer_or_refused(data):
    try:
        answer = read_answer(data)
    except AnswerRefused:
        return
    assert isinstance(answer, Rendered | Failed)


@given(st.lists(st.binary(max_size=30), max_size=5), st.integers(1, 40))
def test_answers_are_cut_out_of_any_pieces(answers, size):
    stream = b"".join(len(each).to_bytes(4, "big") + each for each in answers)
    received, taken = bytearray(), []
    for start in range(0, len(stream), size):
        received += stream[start : start + size]
        while (answer := take_answer(received)) is not None:
            taken.append(answer)
    assert taken == answers
    assert not received


def test_an_answer_has_a_bound():
    with pytest.raises(AnswerRefused):
        take_answer(bytearray((MAX_ANSWER + 1).to_bytes(4, "big")))
