"""A checkout for checks that need no file of the project."""

import pytest

from shopwright.validation.checkout import Checkout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    work = tmp_path_factory.mktemp("work")
    return Checkout(work, work)
