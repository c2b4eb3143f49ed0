"""Templates made at random: the policy always answers, and what it accepts shows what Jinja's own sandbox shows."""

from hypothesis import HealthCheck, given, settings
from tests.security.fuzzing import hold, read
from tests.security.grammar import SYNTAX, WORDS, templates

BOUNDED = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@BOUNDED
@given(SYNTAX)
def test_any_text_gets_an_answer(source):
    assert all(refusal.line >= 1 and refusal.what for refusal in read(source))


@BOUNDED
@given(WORDS)
def test_any_words_of_templates_get_an_answer(source):
    assert all(refusal.instead for refusal in read(source))


@BOUNDED
@given(templates())
def test_what_is_accepted_is_metered_and_shown_as_jinja_shows_it(made):
    assert hold(made) in {"refused", "stopped", "rendered"}
