from shopwright.template_engine.contexts.rules import RULES


def test_every_rule_says_what_to_do_instead():
    assert [rule for rule, instead in RULES.items() if not instead.endswith(".") or len(instead) < 10] == []
