"""Bundles of styles and scripts."""

import hashlib
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.asset_pipeline.bundles import brotli_size, bundle_scripts, bundle_styles, content_name
from shopwright.errors import ThemeError

NODE = shutil.which("node")


def test_styles_become_one_small_sheet() -> None:
    first = b"/* a comment */\n.card {\n  margin : 0px 0px ;\n  color: #FF0000;\n}\n"
    assert bundle_styles([("a.css", first), ("b.css", b"@media (width >= 40rem) { a { b: c } }")]) == (
        b".card{color:red;margin:0}@media (width>=40rem){a{b:c}}"
    )
    assert bundle_styles([]) == b""


def test_styles_reach_older_browsers() -> None:
    assert bundle_styles([("a.css", b"a{user-select:none}")]) == b"a{-webkit-user-select:none;user-select:none}"


@pytest.mark.parametrize(
    ("style", "where", "detail"),
    [
        (b"a{b:c}\n\nd{e f}\n", "main.css, line 3", "Unexpected token Ident"),
        (b"a {\n b: url(foo }", "main.css, line 2", "Unexpected token BadUrl"),
        (b"@import 'other.css'; a{b:c}", "main.css", "@import does not work in a bundle"),
        (b"\xff\xfe", "main.css", "the file is not UTF-8."),
    ],
)
def test_a_broken_style_sheet_names_its_place(style: bytes, where: str, detail: str) -> None:
    with pytest.raises(ThemeError) as refused:
        bundle_styles([("good.css", b"a{b:c}"), ("main.css", style)])
    assert refused.value.where == where
    assert detail in refused.value.what
    assert refused.value.remedy


def test_scripts_become_one_small_file() -> None:
    first = b"'use strict';\nconst answer = 6 * 7; // known\nwindow.answer = answer;"
    assert bundle_scripts([("a.js", first), ("b.js", b"let answer = 1")]) == (
        b'(function(){"use strict";const e=6*7;window.answer=e})();\n(function(){let e=1})();\n'
    )


@pytest.mark.parametrize(
    ("script", "where"),
    [(b"let x = 1;\nlet y = ;", "main.js, line 2"), (b"\xff", "main.js"), (b"f(]", "main.js, line 1")],
)
def test_a_broken_script_names_its_place(script: bytes, where: str) -> None:
    with pytest.raises(ThemeError) as refused:
        bundle_scripts([("main.js", script)])
    assert refused.value.where == where
    assert refused.value.remedy


@pytest.mark.skipif(NODE is None, reason="needs node to run the scripts")
def test_the_scripts_still_run_and_share_no_names() -> None:
    first = b"""'use strict';
    const name = "first"; let total = 0;
    class Cart { #lines = new Map(); static KEY = "cart";
      add(id, n = 1) { this.#lines.set(id, (this.#lines.get(id) ?? 0) + n); return this }
      get count() { return [...this.#lines.values()].reduce((a, b) => a + b, 0) } }
    for (const n of [1, 2, 3]) total += n ** 2;
    globalThis.log = [`${name} ${total} ${new Cart().add("a").add("a", 2)?.count} ${/a\\/b/.test("a/b")}`]
    // the last line is a comment"""
    second = b"""const name = 'second', { a, ...rest } = { a: 1, b: 2, c: 3 };
    (async () => { try { await Promise.reject(new Error("no")) } catch { log.push(name, JSON.stringify(rest)) } })()
      .then(() => console.log(log.join("|")))"""
    bundle = bundle_scripts([("a.js", first), ("b.js", second)])
    assert NODE
    run = subprocess.run([NODE, "-e", bundle.decode()], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ('first 14 3 true|second|{"b":2,"c":3}\n', "")
    assert len(bundle) < 0.75 * len(first + second)


@given(st.binary(max_size=60) | st.text(alphabet="a{}:;@(/*\"'\\ ", max_size=40).map(str.encode))
@settings(max_examples=80)
def test_any_bytes_are_bundled_or_refused(data: bytes) -> None:
    for bundle in (bundle_styles, bundle_scripts):
        try:
            assert isinstance(bundle([("x", data)]), bytes)
        except ThemeError as error:
            assert error.where.startswith("x")  # noqa: PT017 - both ends are right


def test_names_follow_content() -> None:
    digest = hashlib.sha256(b"a{}").hexdigest()[:16]
    assert content_name("site", b"a{}", ".css") == f"site.{digest}.css"
    assert content_name("site", b"b{}", ".css") != content_name("site", b"a{}", ".css")


def test_the_size_on_the_wire() -> None:
    assert 5 < brotli_size(b"a" * 10_000) < 30
