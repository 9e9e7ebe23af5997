"""Every test of a second look has the cast, and leaves case files that verify."""

from collections.abc import Iterator

import pytest

from tests.cast import Cast, acting, the_cast
from valedor.casefile.models import Case
from valedor.casefile.verification import verify


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The people, and a viewer that sees what the house holds.

    Afterwards every chain holds, and every row says what the lines of its case say.
    """
    cast = the_cast()
    with acting(cast):
        yield cast
        references = list(Case.objects.values_list("reference", flat=True))
        assert not references or verify(references).broken == []
