"""Every test of emergencies and incidents has the cast, and leaves case files that verify."""

from collections.abc import Iterator

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case
from valedor.casefile.verification import verify


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The people, and a viewer that sees what the house holds. Afterwards every chain holds."""
    found = people.the_cast()
    with people.acting(found):
        yield found
        references = list(Case.objects.values_list("reference", flat=True))
        assert not references or verify(references).broken == []
