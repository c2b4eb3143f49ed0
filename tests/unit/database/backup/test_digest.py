from hypothesis import given
from hypothesis import strategies as st

from shopwright.database.backup.digest import DocumentsDigest


def digest_of(documents):
    digest = DocumentsDigest()
    for document in documents:
        digest.add(document)
    return digest


@given(st.lists(st.binary(max_size=20)), st.randoms())
def test_the_order_does_not_matter(documents, random):
    shuffled = random.sample(documents, len(documents))
    assert digest_of(shuffled).text == digest_of(documents).text


@given(st.lists(st.binary(max_size=20), min_size=1, unique=True))
def test_one_document_less_or_twice_does(documents):
    whole = digest_of(documents)
    assert digest_of(documents[1:]).text != whole.text
    assert digest_of([*documents, documents[0]]).text != whole.text
    assert (whole.documents, whole.bytes) == (len(documents), sum(map(len, documents)))


def test_it_is_the_sum_of_hashes():
    # sha256(b"") and its double, modulo 2^256
    assert digest_of([b""]).text == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest_of([b"", b""]).text == "c761888531f8382935f7e99132df72484f5c83c8c9372699492b3236f0a570aa"
