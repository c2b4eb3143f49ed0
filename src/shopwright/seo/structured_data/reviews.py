"""AggregateRating and Review: only of reviews that stand on the page, and never of made-up ones."""

from dataclasses import dataclass

from shopwright.seo.structured_data.thing import Thing, present

BEST, WORST = 5, 1


@dataclass(frozen=True, slots=True)
class AggregateRating:
    """The mean of the reviews shown on the page, and how many they are."""

    value: float
    count: int

    def as_thing(self) -> Thing:
        """The AggregateRating."""
        return {
            "@type": "AggregateRating",
            "ratingValue": self.value,
            "reviewCount": self.count,
            "bestRating": BEST,
            "worstRating": WORST,
        }


@dataclass(frozen=True, slots=True)
class Review:
    """A review shown on the page; ``date`` is an ISO day, ``locale`` the language it is written in."""

    author: str
    rating: int
    title: str = ""
    body: str = ""
    date: str | None = None
    locale: str | None = None

    def as_thing(self) -> Thing:
        """The Review."""
        return present(
            {
                "@type": "Review",
                "author": {"@type": "Person", "name": self.author},
                "datePublished": self.date,
                "name": self.title,
                "reviewBody": self.body,
                "inLanguage": self.locale,
                "reviewRating": {
                    "@type": "Rating",
                    "ratingValue": self.rating,
                    "bestRating": BEST,
                    "worstRating": WORST,
                },
            }
        )
