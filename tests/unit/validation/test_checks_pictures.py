"""The checks on pictures pass what is right and notice what is not."""

import hashlib
import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from shopwright.asset_pipeline import workshop
from shopwright.asset_pipeline.recipe import Tiers, tiers
from shopwright.errors import BuildError
from shopwright.performance.command import Measurement
from shopwright.validation import checks_pictures
from shopwright.validation.checkout import EXAMPLE, Build, Checkout
from shopwright.validation.checks_pictures import formats, hashed_and_kept, picture_figures, responsive

WHOLE = (
    '<picture><source type="image/webp" srcset="/a.webp 320w" sizes="50vw">'
    '<img src="/a.jpg" width="320" height="200" alt="" class="ph-333" loading="lazy" decoding="async"></picture>'
)
SHADED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><filter id="n"><feTurbulence baseFrequency=".05" '
    'numOctaves="4" seed="{1}"/></filter><rect width="400" height="300" fill="#{0}"/>'
    '<rect width="400" height="300" filter="url(#n)"/></svg>'
)


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(checks_pictures, "SAMPLES", 2)
    pictures = tmp_path / EXAMPLE / "pictures"
    pictures.mkdir(parents=True)
    for number, shade in enumerate(("fed", "8ac", "a42")):
        (pictures / f"{number}.svg").write_text(SHADED.format(shade, 100 + 50 * number))
    checkout = Checkout(tmp_path, tmp_path / "work")
    site = tmp_path / "site"
    (site / "assets").mkdir(parents=True)
    (site / "index.html").write_text(f"<html>{WHOLE}</html>")
    checkout.__dict__["example"] = site
    return checkout


def narrower(*words):
    """Tiers without the largest width."""
    both = tiers(*words)
    assert both.rest is not None
    return Tiers(both.publishable, replace(both.rest, outputs=both.rest.outputs[:1]))


def test_every_width_up_to_the_pictures_own(checkout, monkeypatch):
    result = responsive(checkout)
    assert result.passed, result.figure
    assert result.figure.startswith("4 of 4 pictures have every width of 320, 768, 1024, 1920 up to their own (4 are")
    assert list(checkout.work.iterdir()) == []
    monkeypatch.setattr(workshop, "tiers", narrower)
    assert not responsive(checkout).passed


def test_formats_and_what_pages_say(checkout):
    result = formats(checkout)
    assert result.passed, result.figure
    assert result.figure.endswith("; 1 of 1 on pages with sources, size and placeholder")


@pytest.mark.parametrize("part", [' width="320"', ' class="ph-333"', ' loading="lazy"', ' sizes="50vw"'])
def test_a_page_that_says_too_little_is_noticed(checkout, monkeypatch, part):
    monkeypatch.setattr(checks_pictures, "_complete", lambda *_: [])
    (checkout.example / "index.html").write_text(WHOLE.replace(part, ""))
    result = formats(checkout)
    assert (result.passed, result.figure.partition("; ")[2][:7]) == (False, "0 of 1 ")


def rebuilt(checkout, monkeypatch, **pictures):
    counts = {"made": 0, "reused": 0, "failed": 0, **pictures}
    made = Build({"pictures": counts}, Measurement(0, "", "", 1.0, 1.0, 1))
    monkeypatch.setattr(Checkout, "build", lambda *_, **__: made)
    return hashed_and_kept(checkout)


def test_names_by_content_and_cache_hits(checkout, monkeypatch):
    data = b"body{}"
    name = f"site.{hashlib.sha256(data).hexdigest()[:16]}.css"
    (checkout.example / "assets" / name).write_bytes(data)
    headers = checkout.example / "_headers"
    headers.write_text("/*\n  X: y\n/assets/*\n  A: b\n  Cache-Control: public, max-age=31536000, immutable\n")
    result = rebuilt(checkout, monkeypatch, reused=99, made=1)
    assert result.passed
    assert result.figure == "1 of 1 assets named by their content, immutable; 99.0% cache hits in the second build"
    assert not rebuilt(checkout, monkeypatch, reused=9, made=1).passed
    (checkout.example / "assets" / name).write_bytes(b"other")
    assert not rebuilt(checkout, monkeypatch, reused=99).passed
    (checkout.example / "assets" / name).write_bytes(data)
    headers.write_text("/assets/*\n  Cache-Control: no-cache\n")
    assert "not immutable" in rebuilt(checkout, monkeypatch, reused=99).figure


def measured(checkout, monkeypatch, status=0, seconds=40.0, saved=0.7, score=76.0):
    rows = [
        {"files": "publishable", "program": "shopwright", "photos": 1_000, "seconds": seconds},
        {"files": "every", "program": "shopwright", "photos": 1_000, "seconds": 250.0},
        {"files": "every", "program": "shopwright build, example store", "seconds": 50.0},
        *(
            {"format": name, "width": 1_600, "smaller_than_original": saved, "score_mean": score}
            for name in ("avif", "webp", "jpeg")
        ),
    ]
    folder = checkout.work / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pictures.json").write_text(json.dumps({"builds": rows}))
    ran = SimpleNamespace(status=status, errors="no disk")
    monkeypatch.setattr(checks_pictures, "measure_command", lambda *_, **__: ran)
    return picture_figures(checkout)


def test_figures_are_held_against_their_bounds(checkout, monkeypatch):
    result = measured(checkout, monkeypatch)
    assert result.passed
    assert result.figure == (
        "1,000 photos publishable in 40 s, complete in 250 s; example store, every variant, in 50 s; "
        "at full width avif 70% smaller at 76.0, webp 70% smaller at 76.0"
    )
    assert not measured(checkout, monkeypatch, seconds=61.0).passed
    assert not measured(checkout, monkeypatch, saved=0.5).passed
    assert not measured(checkout, monkeypatch, score=74.0).passed
    with pytest.raises(BuildError, match="the picture benchmark ended with status 1: no disk"):
        measured(checkout, monkeypatch, status=1)
