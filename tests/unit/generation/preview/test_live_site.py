import threading

import pytest
from selectolax.lexbor import LexborHTMLParser

from shopwright.generation.preview import live_site
from shopwright.generation.preview.live_site import LiveSite
from shopwright.generation.preview.problem import Excerpt, Problem

PAGE = "<!doctype html><html><head><title>Home</title></head><body><h1>Home</h1></body></html>"
PROBLEM = Problem(
    "'x' is <undefined>.",
    "home.html, line 2",
    "Correct the template.",
    (Excerpt("home.html", 2, ((1, "<p>"), (2, "{{ x }}"), (3, ""))),),
)


@pytest.fixture
def site(tmp_path):
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/site.css").write_text("a{}")
    (tmp_path / "_redirects").write_text("/old/ /new/ 301\n")
    return LiveSite(tmp_path, 7)


def text(resource):
    with resource.identity.opened() as file:
        return file.read().decode()


def test_a_page_is_given_the_script_that_follows_the_builds(site):
    page = site.find("index.html")
    script = '<script src="/preview-live/live.js" id="preview-live-7" defer></script>'
    assert text(page) == PAGE.replace("</head>", f"{script}</head>")
    assert page.identity.size == len(text(page))
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


def test_other_files_are_as_they_are(site):
    assert text(site.find("assets/site.css")) == "a{}"
    assert site.find("assets/none.css") is None
    assert site.find("none/index.html") is None
    assert site.redirect("/old/").location == "/new/"


def test_the_previews_own_files(site):
    assert "location.reload()" in text(site.find("preview-live/live.js"))
    assert ".marked" in text(site.find("preview-live/problem.css"))
    assert site.find("preview-live/problem.html") is None
    assert site.find("preview-live/x/1.svg") is None


def test_no_service_worker_stays(site):
    assert "unregister" in text(site.find("sw.js"))


def test_news_are_two_pixels_wide_and_none_are_one(site, monkeypatch):
    monkeypatch.setattr(live_site, "WAIT_SECONDS", 0.01)
    assert 'width="1"' in text(site.find("preview-live/7/1.svg"))
    site.show(None)
    assert 'width="2"' in text(site.find("preview-live/7/2.svg"))
    assert 'width="1"' in text(site.find("preview-live/8/3.svg"))
    assert site.find("preview-live/8/3.svg").headers["Content-Type"] == "image/svg+xml"


def test_a_question_is_kept_open_until_there_is_news(site):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(text(site.find("preview-live/7/1.svg"))))
    thread.start()
    site.show(None)
    thread.join(10)
    assert ['width="2"' in answer for answer in answers] == [True]


@pytest.mark.parametrize("path", ["index.html", "products/none/index.html", "404.html"])
def test_a_problem_stands_in_for_every_page(site, path):
    site.show(PROBLEM)
    page = site.find(path)
    tree = LexborHTMLParser(text(page))
    assert tree.css_first("h1").text() == "The theme cannot be shown"
    assert tree.css_first(".what").text() == "'x' is <undefined>."
    assert tree.css_first(".where").text() == "home.html, line 2"
    assert tree.css_first(".remedy").text() == "Correct the template."
    assert tree.css_first("figcaption").text() == "home.html, line 2"
    assert [row.text().strip() for row in tree.css("pre span")] == ["1<p>", "2{{ x }}", "3"]
    assert tree.css_first(".marked mark").text() == "{{ x }}"
    assert tree.css_first("script").attributes["id"] == "preview-live-8"
    assert "unsafe" not in page.headers["Content-Security-Policy"]


def test_the_page_comes_back(site):
    site.show(PROBLEM)
    assert text(site.find("assets/site.css")) == "a{}"
    site.show(None)
    assert "<h1>Home</h1>" in text(site.find("index.html"))
    assert 'id="preview-live-9"' in text(site.find("index.html"))
