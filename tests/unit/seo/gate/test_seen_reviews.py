import pytest

from shopwright.seo.gate.lines import LineReader
from shopwright.seo.gate.said import Said
from shopwright.seo.gate.seen_reviews import unseen

LD = '<script type="application/ld+json">{}</script>'


def said(body, described='{"reviewCount":1234,"name":"Ann O’Hara"}'):
    page = f"<!doctype html>\n{LD.format(described)}\n<p>{body}</p>"
    return Said(page, "/", "https://shop.example", LineReader())


@pytest.mark.parametrize("shown", ["1234", "1,234", "1.234", "1 234", "1\u202f234", "1’234", "١٬٢٣٤", "१,२३४"])
def test_a_count_is_seen_however_its_digits_are_written(shown):
    rating = {"@type": "AggregateRating", "ratingValue": 4, "reviewCount": 1234}
    assert list(unseen(said(f"from {shown} reviews"), [rating])) == []


@pytest.mark.parametrize("shown", ["", "12345", "91234", "4"])
def test_a_count_that_stands_in_structured_data_only(shown):
    rating = {"@type": "AggregateRating", "ratingValue": 4, "ratingCount": "1234"}
    assert list(unseen(said(shown), [rating])) == ["the page shows no count of 1234 ratings"]


def test_reviews_are_seen_with_their_authors():
    reviews = [
        {"@type": "Review", "author": {"@type": "Person", "name": "Tom & Ann"}},
        {"@type": "Review", "author": "Eve"},
        {"@type": "Review"},
    ]
    assert list(unseen(said("Tom &amp; Ann said; Eve, too"), reviews)) == []
    assert list(unseen(said(""), reviews)) == [
        "the page shows no review of 'Tom & Ann'",
        "the page shows no review of 'Eve'",
    ]


def test_pages_without_ratings_are_not_read_again():
    assert list(unseen(None, [{"@type": "Product"}])) == []


def test_what_no_rating_can_be_is_left_to_other_rules():
    assert list(unseen(said(""), [{"@type": "AggregateRating", "reviewCount": "many"}])) == []
