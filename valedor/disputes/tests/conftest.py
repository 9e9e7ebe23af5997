"""Every test of disputes has the cast, and a viewer that sees what the house holds."""

from collections.abc import Iterator

import pytest

from tests.cast import Cast, acting, the_cast


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The people."""
    cast = the_cast()
    with acting(cast):
        yield cast
