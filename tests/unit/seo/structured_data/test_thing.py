"""What all structured data has in common."""

from shopwright.seo.structured_data.thing import document, present, reference, term


def test_what_is_not_known_is_left_out():
    thing = {"@type": "Thing", "name": "Luna", "image": [], "url": None, "email": "", "sameAs": (), "value": 0}
    assert present(thing) == {"@type": "Thing", "name": "Luna", "value": 0}


def test_a_document_holds_its_things():
    assert document([{"@type": "Thing"}]) == {"@context": "https://schema.org", "@graph": [{"@type": "Thing"}]}


def test_terms_and_references_are_addresses():
    assert term("InStock") == "https://schema.org/InStock"
    assert reference("#returns") == {"@id": "#returns"}
