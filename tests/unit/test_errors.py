import json
import pickle
import re

import pytest

from shopwright import errors
from shopwright.errors import LimitExceeded, ShopwrightError, SourceError

LEAVES = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ShopwrightError)]


def test_an_error_says_where_what_and_what_to_do():
    error = SourceError("It is empty.", where="shop.csv", remedy="Export it again.")
    assert str(error) == "shop.csv: It is empty. Export it again."
    assert (error.what, error.where, error.remedy) == ("It is empty.", "shop.csv", "Export it again.")


def test_nothing_that_is_quoted_steers_a_terminal():
    error = SourceError("\x1b]0;title\x07 has\ntwo lines\u202e.", where="a\x9b1m.csv", remedy="\ud800\tGo.")
    assert str(error) == "a\ufffd1m.csv: \ufffd]0;title\ufffd has\ntwo lines\ufffd. \ufffd\tGo."


def test_place_and_remedy_may_be_missing():
    assert str(SourceError("It is empty.")) == "It is empty."


def test_the_tree_at_the_top_is_the_tree():
    drawn = re.findall(r"^[│├└─ ]*([A-Z]\w+)\b", errors.__doc__.split("\n\n")[1], flags=re.MULTILINE)
    assert sorted(drawn) == sorted(kind.__name__ for kind in LEAVES)


def test_errors_travel_between_processes_whole():
    sent = LimitExceeded("A cell is too long.", where="row 7", remedy="Shorten it.")
    received = pickle.loads(pickle.dumps(sent))
    assert type(received) is LimitExceeded
    assert str(received) == "row 7: A cell is too long. Shorten it."


@pytest.mark.parametrize("kind", LEAVES)
def test_every_error_is_documented_and_can_be_made(kind):
    assert kind.__doc__
    assert json.dumps(str(kind("What happened."))) == '"What happened."'
