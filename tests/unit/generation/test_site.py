"""What all pages share, as a plain value."""

import datetime as dt

from tests.unit.generation.records import PICTURE, site

from shopwright.catalog.store import Store
from shopwright.generation.site import Site, store_record


def test_a_site_travels_whole():
    shop = site(logo=PICTURE, navigation=({"handle": "a", "title": "Ä"},), remote_pictures=("https://cdn.example",))
    assert Site.from_json(shop.as_json()) == shop


def test_the_same_site_is_the_same_bytes():
    shop = site()
    assert site(assets=dict(reversed(shop.assets.items()))).as_json() == shop.as_json()


def test_what_a_site_says_of_itself():
    shop = site(url="https://shop.example/sub")
    assert (shop.locales, shop.default_locale) == (["en", "de"], "en")
    assert shop.now == dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    assert shop.addresses("de").home == "/sub/de/"


def test_a_store_record_has_every_field_that_pages_show():
    record = store_record(Store(name="Shop"))
    assert record.keys() == Store.model_fields.keys() - {"collections", "waivers"}
    assert (record["name"], record["locales"], record["checkout"]) == ("Shop", ["en"], None)
