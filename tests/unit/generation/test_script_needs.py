"""What scripts ask of the policy, read from their text."""

import pytest

from shopwright.generation.script_needs import trusted_types


@pytest.mark.parametrize("quote", [b'"', b"'", b"`"])
def test_the_names_of_policies_are_found_each_once_in_order(quote):
    text = b"trustedTypes.createPolicy(Qshop-1Q,{});x.createPolicy( Qa.bQ )".replace(b"Q", quote)
    assert trusted_types([text, text]) == ("a.b", "shop-1")


@pytest.mark.parametrize("name", [b"a b", b"a;script-src *", b"", b"a'"])
def test_what_is_no_name_gets_into_no_policy(name):
    assert trusted_types([b'createPolicy("' + name + b'")']) == ()
