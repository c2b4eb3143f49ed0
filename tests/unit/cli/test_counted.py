import pytest

from shopwright.cli.counted import counted


@pytest.mark.parametrize(("number", "said"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1_200, "1,200 pages")])
def test_one_is_one_and_others_are_several(number, said):
    assert counted(number, "page") == said


def test_what_is_not_formed_with_an_s():
    assert counted(2, "address", "addresses") == "2 addresses"
    assert counted(1, "address", "addresses") == "1 address"
