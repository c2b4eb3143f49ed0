import pytest
from pydantic import ValidationError

from shopwright.catalog.redirect import Redirect, Redirects, url_path


def test_paths_are_written_as_urls_write_them():
    assert (
        Redirect(source="/نظارات/", to="/ar/x y".replace(" ", "-")).source == "/%D9%86%D8%B8%D8%A7%D8%B1%D8%A7%D8%AA/"
    )
    assert url_path("/%D9%86/") == url_path("/ن/") == "/%D9%86/"
    assert Redirect(source="/a/", to="/b/?x=ü#top").to == "/b/?x=ü#top"


@pytest.mark.parametrize("source", ["/a/", "/a.html", "/blog/*", "/a/b/c"])
def test_paths_that_may_lead_elsewhere(source):
    assert Redirect(source=source).source == source


@pytest.mark.parametrize(
    "source", ["", "a/", "//evil/", "https://a/", "/a?x", "/a#x", "/a b", "/*/b", "/a*", "/a/*/*", "/:x/", "/a\n/"]
)
def test_what_is_no_path_of_the_store_is_refused(source):
    with pytest.raises(ValidationError):
        Redirect(source=source)


@pytest.mark.parametrize("to", ["", "b/", "//evil/", "/\\evil", "/a b", "javascript:x", "/b/*", "/:x/", "/a\n"])
def test_what_is_no_target_is_refused(to):
    with pytest.raises(ValidationError):
        Redirect(source="/a/", to=to)


def test_a_redirect_leads_anywhere_and_is_permanent_unless_said_otherwise():
    assert Redirect(source="/a/", to="https://else.example/x").status == 301
    assert Redirect(source="/a/").to is None
    with pytest.raises(ValidationError):
        Redirect(source="/a/", to="/", status=200)


def test_a_path_is_redirected_once():
    with pytest.raises(ValidationError, match="the path /%C3%BC/ is redirected twice"):
        Redirects(rules=(Redirect(source="/ü/"), Redirect(source="/%C3%BC/")))
    assert Redirects().gone == "gone"


@pytest.mark.parametrize("path", ["/a/%2A", "/a%2Ab", "/%3Ax/", "/%2Fevil/"])
def test_what_is_refused_is_refused_encoded_too(path):
    with pytest.raises(ValidationError):
        Redirect(source=path, to="/b/")
    with pytest.raises(ValidationError):
        Redirect(source="/b/", to=path)
