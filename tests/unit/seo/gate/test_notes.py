import orjson

from shopwright.seo.gate.notes import MARK_BYTES, mark, notes_of, read_notes
from shopwright.seo.gate.page import inspect

PAGE = (
    '<html lang=en><title>Luna</title><meta name=description content="A frame."><a href="/a/">a</a>'
    '<a href="/b/#c">b</a>'
    '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Product","sku":"1",'
    '"offers":{"@type":"Offer","price":"1.50","priceCurrency":"EUR","seller":{"@id":"https://x.example/#s"}}},'
    '{"@type":"Thing","@id":"https://x.example/#t"}]}</script>'
)


def test_what_is_kept_comes_back():
    seen = inspect(PAGE, "/")
    notes = read_notes(orjson.dumps(notes_of(seen)))
    assert (notes.title, notes.lang, notes.indexed) == ("Luna", "en", True)
    assert notes.targets == {mark("/a/"), mark("/b/")}
    assert [tuple(found) for found in seen.findings] == notes.findings
    assert notes.offers == list(seen.offers)
    assert (notes.offers[0].price, notes.offers[0].currency) == ("1.5", "EUR")
    assert (notes.places, notes.named, notes.described) == (
        [("/b/", "c")],
        ["https://x.example/#s"],
        ["https://x.example/#t"],
    )
    assert (len(notes.about), notes.share) == (2 * MARK_BYTES, None)
