from shopwright.catalog.money import Money
from shopwright.catalog.product import Collection, Picture, Product, Variant
from shopwright.catalog.store import Brand, Hero, Store
from shopwright.catalog.versions.facts import NO_PRICE, collection_facts, is_local, product_facts, settings_facts


def variant(name, amount, **fields):
    return Variant(id=name, options=(name,), price=Money(amount=amount, currency="EUR"), **fields)


def test_what_is_found_beside_a_product():
    product = Product(
        handle="a",
        title="Über Aster",
        brand="Lumen",
        created="2026-01-02",
        collections=("round",),
        options=("Color",),
        variants=(
            variant("black", 900, sku="S2", picture="v.png"),
            variant("red", 800, sku="S1", gtin="4006381333931"),
        ),
        pictures=(Picture(source="a.png"), Picture(source="https://x.example/b.png")),
    )
    assert product_facts(product) == {
        "title": "Über Aster",
        "sort_title": "uber aster",
        "brand": "Lumen",
        "status": "active",
        "created": "2026-01-02",
        "price": 800,
        "collections": ["round"],
        "pictures": ["a.png", "v.png"],
        "numbers": ["4006381333931", "S1", "S2"],
        "words": ["uber", "aster", "lumen", "s2", "black", "s1", "4006381333931", "red"],
    }


def test_what_has_no_price_comes_last():
    assert product_facts(Product(handle="a", title="A"))["price"] == NO_PRICE > 10**12


def test_what_collections_and_settings_show():
    assert collection_facts(Collection(handle="c", title="C", picture=Picture(source="c.png"))) == {
        "title": "C",
        "pictures": ["c.png"],
    }
    store = Store(name="S", brand=Brand(logo=Picture(source="logo.svg")), hero=Hero(picture=Picture(source="h.jpg")))
    assert settings_facts(store) == {"title": "S", "pictures": ["h.jpg", "logo.svg"]}


def test_only_safe_paths_are_local():
    assert is_local("pictures/a.png")
    assert not is_local("https://x.example/a.png")
    assert not is_local("../a.png")
