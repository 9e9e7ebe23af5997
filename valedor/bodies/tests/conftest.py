"""Every test of the bodies has the cast."""

import pytest

from tests.cast import Cast, the_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody."""
    return the_cast()
