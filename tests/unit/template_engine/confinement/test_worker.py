import io

import orjson
import pytest
from tests.security.confined import EDITIONS

from shopwright.errors import BuildError, RenderLimitHit, ThemeError
from shopwright.template_engine.confinement import worker
from shopwright.template_engine.confinement.worker import open_press, serve
from shopwright.template_engine.engine import make_environment


class Wire:
    """Both ends of a worker's socket, in memory."""

    def __init__(self, *messages):
        data = b"".join(len(each).to_bytes(4, "big") + each for each in map(orjson.dumps, messages))
        self._in = io.BytesIO(data)
        self._out = io.BytesIO()
        self.read = self._in.read
        self.write = self._out.write

    def flush(self):
        pass

    def answers(self):
        self._out.seek(0)
        while head := self._out.read(4):
            yield orjson.loads(self._out.read(int.from_bytes(head, "big")))


def asked(template, locale="en", **data):
    return {"template": template, "locale": locale, "head": "<meta>", "context": {"data": data, "rich": []}}


def answers(setup, *requests, press=open_press):
    wire = Wire(setup, *requests)
    serve(wire, press)
    return list(wire.answers())


def setup(**templates):
    return {"templates": {f"{name}.html": source for name, source in templates.items()}, "editions": EDITIONS}


def test_pages_are_rendered_metered():
    first, second = answers(setup(page="{{ head() }}<p>{{ text }}</p>"), *[asked("page.html", text="<&>")] * 2)
    assert first["html"] == "<meta><p>&lt;&amp;&gt;</p>"
    assert first["fuel"] == second["fuel"] > 0
    assert first["cpu_ms"] >= 0


@pytest.mark.parametrize(
    ("template", "locale", "kind", "said"),
    [
        ("wrong.html", "en", "ThemeError", ("'x' is undefined.", "wrong.html, line 1")),
        (
            "loop.html",
            "en",
            "RenderLimitHit",
            ("the page needs more than 200,000 units of fuel; they ran", "loop.html, line 1"),
        ),
        ("page.html", "de", "ThemeError", ("there is no edition 'de'.", "page.html")),
        ("half.html", "en", "ThemeError", ("the page holds half a surrogate pair.", "half.html")),
        ("long.html", "en", "RenderLimitHit", ("the page has 5,400,000 bytes.", "long.html")),
    ],
)
def test_what_goes_wrong_is_answered(template, locale, kind, said):
    sources = {
        "page": "fine",
        "wrong": "{{ x }}",
        "loop": "{% for a in range(99999) %}{% for b in range(9) %}{% endfor %}{% endfor %}",
        "half": r'{{ "\ud800" }}',
        "long": "{% set text = '€' * 900000 %}{{ text }}{{ text }}",
    }
    failed, page = answers(setup(**sources), asked(template, locale), asked("page.html"))
    assert (failed["error"], failed["spent"]) == (kind, False)
    assert failed["what"].startswith(said[0])
    assert failed["where"] == said[1]
    assert page["html"] == "fine"


@pytest.mark.parametrize(
    ("error", "kind", "what", "spent"),
    [
        (MemoryError(), "RenderLimitHit", "it needs more than 47 MiB of memory.", True),
        (KeyError("x"), "ThemeError", "KeyError: 'x'.", False),
        (RecursionError("too deep"), "ThemeError", "RecursionError: too deep.", False),
        (BuildError("x" * 3_000), "ThemeError", "x" * 2_000, False),
        (RenderLimitHit("half \ud800"), "RenderLimitHit", "half \ufffd", False),
    ],
)
def test_whatever_is_raised_has_an_answer(error, kind, what, spent):
    def press(setup):
        def answer(request):
            raise error

        return answer

    (first, *others) = answers({}, {"n": 1}, {"n": 2}, press=press)
    assert (first["error"], first["what"], first["spent"]) == (kind, what, spent)
    assert len(others) == (not spent)


def test_memory_that_ran_out_somewhere_below_is_noticed():
    def press(setup):
        def answer(request):
            raise ThemeError("cannot be compiled") from MemoryError()

        return answer

    assert answers({}, {"n": 1}, press=press)[0]["spent"]


def test_a_setup_that_fails_fails_each_page():
    first, second = answers({"templates": {}, "editions": {"en": {}}}, {"n": 1}, {"n": 2})
    assert first == second
    assert first["error"] == "ThemeError"


def test_a_caller_that_is_gone_ends_it():
    assert answers({}) == []
    wire = Wire()
    serve(wire)
    assert list(wire.answers()) == []


def test_without_a_meter_fuel_is_nought():
    press = worker.Press(make_environment({"page.html": "x"}), EDITIONS)
    assert press.answer(asked("page.html"))["fuel"] == 0
