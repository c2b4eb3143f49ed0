import pytest


@pytest.fixture(scope="module")
def chapters(shown):
    return {chapter.name: chapter for chapter in shown[1].chapters}


def entry(chapter, name):
    return next(entry for entry in chapter.entries if entry.name == name)


def test_a_template_knows_whose_file_it_is(chapters):
    meridian = chapters["meridian"]
    origins = {name: entry(meridian, name).origin for name in ("_card.html", "_price.html", "layout.html", "home.html")}
    assert origins == {
        "_card.html": "meridian",
        "_price.html": "atelier",
        "layout.html": "atelier",
        "home.html": "meridian",
    }
    assert {each.origin for each in chapters["atelier"].entries} == {"atelier"}


def test_a_state_is_framed_in_each_scheme_and_direction(chapters):
    (shown,) = (each for each in entry(chapters["atelier"], "_card.html").shown if each.state.key == "bree")
    assert shown.frames == {
        "light-ltr": "/sites/atelier/sample/light/showcase/card-bree/",
        "light-rtl": "/sites/atelier/sample/light/ar/showcase/card-bree/",
        "dark-ltr": "/sites/atelier/sample/dark/showcase/card-bree/",
        "dark-rtl": "/sites/atelier/sample/dark/ar/showcase/card-bree/",
    }


def test_a_store_of_one_language_has_one_direction(chapters):
    (shown,) = (each for each in entry(chapters["atelier"], "home.html").shown if each.state.key == "plain")
    assert list(shown.frames) == ["light-ltr", "dark-ltr"]


def test_what_a_component_was_given_is_only_what_it_takes(chapters):
    (shown,) = (each for each in entry(chapters["atelier"], "_price.html").shown if each.state.key == "elio")
    assert '"was": "€129.00"' in shown.data
    assert '"full": true' in shown.data
    assert "pictures" not in shown.data


def test_carts_are_filled_where_a_state_asks_for_it(chapters):
    assert sorted(chapters["atelier"].carts) == [
        f"/sites/atelier/{store}/{scheme}" for store in ("languages", "sample") for scheme in ("dark", "light")
    ]
