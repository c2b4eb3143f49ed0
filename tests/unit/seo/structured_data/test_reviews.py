"""Reviews and their mean."""

from shopwright.seo.structured_data.reviews import AggregateRating, Review


def test_the_mean_of_reviews():
    assert AggregateRating(4.5, 2).as_thing() == {
        "@type": "AggregateRating",
        "ratingValue": 4.5,
        "reviewCount": 2,
        "bestRating": 5,
        "worstRating": 1,
    }


def test_a_review():
    assert Review("A", 4, body="Good", locale="de").as_thing() == {
        "@type": "Review",
        "author": {"@type": "Person", "name": "A"},
        "reviewBody": "Good",
        "inLanguage": "de",
        "reviewRating": {"@type": "Rating", "ratingValue": 4, "bestRating": 5, "worstRating": 1},
    }
    dated = Review("A", 4, "Fine", "Good", "2026-05-01").as_thing()
    assert (dated["name"], dated["datePublished"]) == ("Fine", "2026-05-01")
