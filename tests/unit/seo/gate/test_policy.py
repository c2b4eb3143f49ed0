from shopwright.seo.gate.policy import directives, policy_faults

STRICT = "default-src 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"


def test_a_strict_policy_has_no_fault():
    assert policy_faults(STRICT) == ()


def test_the_first_of_two_directives_counts():
    assert directives("A b; a c;;") == {"a": ["b"]}


def test_what_lets_code_in():
    assert policy_faults("script-src *; style-src 'unsafe-inline'") == (
        "script-src allows *",
        "style-src allows 'unsafe-inline'",
        "no object-src",
        "no base-uri",
        "no form-action",
        "no require-trusted-types-for",
    )
    assert policy_faults(STRICT + "; script-src http://x.example *.y.example") == (
        "script-src allows http://x.example",
        "script-src allows *.y.example",
    )
