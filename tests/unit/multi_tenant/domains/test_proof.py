from shopwright.multi_tenant.domains.proof import MOST_BYTES, Proof, Prover, new_token

PROOF = Proof("luna.org", "a" * 40)


def prover(texts=(), content=b""):
    return Prover(lambda name: texts if name == "_shopwright.luna.org" else (), lambda address: content)


def test_a_token_is_new_each_time():
    assert len({new_token() for _ in range(50)}) == 50


def test_what_is_to_be_put_where():
    assert PROOF.record == ("_shopwright.luna.org", f"shopwright-domain={'a' * 40}")
    assert PROOF.file == ("http://luna.org/.well-known/shopwright-domain", f"shopwright-domain={'a' * 40}")


def test_one_of_both_places_is_enough():
    text = PROOF.record[1]
    assert prover(texts=("v=spf1", f" {text}")).finds(PROOF) == "dns"
    assert prover(content=f"{text}\n".encode()).finds(PROOF) == "file"


def test_what_is_not_the_token_proves_nothing():
    wrong = f"shopwright-domain={'b' * 40}"
    assert prover(texts=(wrong, "", "é"), content=wrong.encode()).finds(PROOF) == ""
    assert prover(content=b" " * MOST_BYTES + PROOF.file[1].encode()).finds(PROOF) == ""
    assert prover(content=f"<p>{PROOF.file[1]}".encode()).finds(PROOF) == ""
