"""What every test may use."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Example counts fit a test run on two busy cores; `make proof` raises them where a test asks for more itself.
settings.register_profile("usual", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("usual")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of the source checkout."""
    return Path(__file__).parents[1]
