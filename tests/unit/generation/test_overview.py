"""What one pass over all cards tells about the whole catalogue."""

from shopwright.generation.overview import MAX_FACET_VALUES, NEWS_LENGTH, RELATED, SHOWN_ON_HOME, Overview


def card(**values):
    plain = {
        "featured": False,
        "created": None,
        "selling": {"": {"price": {"amount": 100}}},
        "type": "Spectacles",
        "pictures": [],
        "colors": [],
        "facets": {},
        "words": {"de": {"terms": {}}},
    }
    return {**plain, **values}


def overview(*cards, collections=("round",)):
    result = Overview()
    for position, each in enumerate(cards):
        result.add(position, each, list(collections), {"size": "Size"})
    result.sort()
    return result


def test_facets_count_values_and_carry_their_words_and_colours():
    black = card(
        facets={"color": ["Black", "Red"], "size": ["M"]},
        colors=[{"name": "Black", "hex": "#000000"}],
        words={"de": {"terms": {"Black": "Schwarz"}}},
    )
    red = card(facets={"color": ["Red"], "size": ["L"]})
    assert overview(black, red).facets("round") == [
        {
            "key": "color",
            "name": "color",
            "values": [
                {"value": "Red", "count": 2, "hex": None, "words": {}},
                {"value": "Black", "count": 1, "hex": "#000000", "words": {"de": "Schwarz"}},
            ],
        },
        {
            "key": "size",
            "name": "Size",
            "values": [
                {"value": "L", "count": 1, "hex": None, "words": {}},
                {"value": "M", "count": 1, "hex": None, "words": {}},
            ],
        },
    ]


def test_a_product_counts_once_however_often_it_names_a_collection():
    twice = overview(card(facets={"size": ["M"]}), card(facets={"size": ["L"]}), collections=("all", "new", "new"))
    counts = [[value["count"] for value in twice.facets(name)[0]["values"]] for name in ("all", "new")]
    assert counts == [[1, 1], [1, 1]]


def test_a_facet_with_one_value_offers_no_choice():
    assert overview(card(facets={"brand": ["Lark"]})).facets("round") == []


def test_a_facet_shows_a_bounded_number_of_values():
    many = overview(*(card(facets={"size": [f"S{number:03}"]}) for number in range(MAX_FACET_VALUES + 9)))
    assert len(many.facets("round")[0]["values"]) == MAX_FACET_VALUES


def test_likes_stand_beside_likes():
    shapes = ["Round", "Square", "Round", "Square"]
    cards = [
        card(facets={"shape": [shape]}, selling={"": {"price": {"amount": price}}})
        for shape, price in zip(shapes, (1, 2, 3, 4), strict=True)
    ]
    result = overview(*cards)
    assert result.related(0)[0] == 2
    assert result.related(1)[0] == 3
    assert all(position not in result.related(position) for position in range(4))


def test_related_products_are_few_and_the_only_one_has_none():
    assert len(overview(*(card() for _ in range(20))).related(7)) == RELATED
    assert overview(card(selling={"": {"price": None}})).related(0) == []


def test_home_shows_featured_products_else_the_first():
    assert overview(card(), card(featured=True)).featured() == [1]
    assert overview(*(card() for _ in range(20))).featured() == list(range(SHOWN_ON_HOME))


def test_the_newest_come_newest_first():
    days = [f"2026-{month:02}-01" for month in range(1, 12)]
    assert overview(*(card(created=day) for day in days)).newest() == list(range(10, 2, -1))
    assert overview(card()).newest() == []


def test_a_collection_shows_its_first_picture():
    result = overview(card(), card(pictures=[{"name": "a"}]), card(pictures=[{"name": "b"}]))
    assert result.first_picture["round"] == {"name": "a"}


def test_news_are_more_than_home_shows():
    made = overview(*(card(created=f"2026-01-{day:02}") for day in range(1, 29)), *(card(created="2025-01-01"),) * 40)
    assert len(made.newest()) == SHOWN_ON_HOME
    assert len(made.newest(100)) == NEWS_LENGTH
    assert made.newest(3) == [27, 26, 25]
