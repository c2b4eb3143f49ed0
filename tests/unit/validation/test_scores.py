import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.validation.coverage import Coverage
from shopwright.validation.requirements import BATCHES, Requirement
from shopwright.validation.scores import Outcome, Scores, score


def outcome(status, *batches):
    return Outcome(Requirement("X1", "", "", batches, (), "", "", ""), status)


def test_nothing_run_scores_nothing():
    assert score([], None) == Scores(overall=0, security=0, coverage=0, performance=0)


def test_all_passed_scores_ten():
    outcomes = [outcome("pass", "security"), outcome("pass", "performance"), outcome("pass")]
    assert score(outcomes, Coverage(100, 100)) == Scores(overall=10, security=10, coverage=10, performance=10)


@pytest.mark.parametrize("status", ["fail", "not built", "not run"])
def test_what_is_not_passed_counts_in_full(status):
    outcomes = [outcome("pass"), outcome(status, "performance"), outcome("pass", "performance"), outcome(status)]
    assert score(outcomes, None) == Scores(overall=5, security=0, coverage=0, performance=5)


@pytest.mark.parametrize(("passed", "points"), [(19, 8.0), (9, 8.0), (3, 7.5), (0, 0.0)])
def test_security_is_at_most_eight_while_one_fails(passed, points):
    outcomes = [outcome("pass", "security")] * passed + [outcome("fail", "security")]
    assert score(outcomes, None).security == points


def test_coverage_is_the_mean_of_both_kinds():
    assert score([], Coverage(unit=96.0, integration=88.0)).coverage == pytest.approx(9.2)


def test_each_score_must_exceed_what_is_needed():
    assert Scores(8.51, 8.6, 9.01, 9).suffice(["overall", "security", "coverage", "performance"])
    assert not Scores(8.5, 10, 10, 10).suffice(["overall"])
    assert not Scores(10, 10, 9.0, 10).suffice(["coverage"])
    assert Scores(0, 10, 0, 0).suffice(["security"])


def test_scores_are_told_to_two_decimals():
    assert Scores(1 / 3, 2, 9.999, 0).by_name() == {"overall": 0.33, "security": 2, "coverage": 10.0, "performance": 0}


@given(
    st.lists(
        st.builds(
            lambda status, batches: outcome(status, *batches),
            st.sampled_from(["pass", "fail", "not built", "not run"]),
            st.sets(st.sampled_from(BATCHES)),
        )
    )
)
def test_scores_lie_between_nothing_and_ten(outcomes):
    scores = score(outcomes, None)
    assert all(0 <= points <= 10 for points in scores.by_name().values())
    assert scores.security == 10.0 or scores.security <= 8.0
