"""Every test of a second look has the cast, in a transaction of its own."""

from collections.abc import Iterator

import pytest

from tests.cast import Cast, acting, the_cast


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The people, and a viewer that sees what the house holds."""
    cast = the_cast()
    with acting(cast):
        yield cast
