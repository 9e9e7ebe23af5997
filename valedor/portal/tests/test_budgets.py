"""What the pages that the public opens most may ask of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, a_case
from valedor.casefile.models import Stage
from valedor.foundation.moments import now

from .test_case import let_in, url_of
from .walking import Visitor


def queries_of(visitor: Visitor, url: str) -> int:
    """The queries of a page that has been opened before."""
    visitor.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("/", 1),
        ("/besos/", 1),
        ("/besos/complain", 1),
        ("/besos/complain?kind=complaint", 1),
        ("/besos/case", 1),
        ("/besos/privacy", 1),
        ("/deadline", 0),
    ],
)
def test_public_pages_ask_little(cast: Cast, page: str, most: int) -> None:
    assert queries_of(Visitor(), page) <= most


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.ANSWERED])
def test_a_case_is_read_in_one_go(cast: Cast, stage: Stage) -> None:
    """The entity, the case, all the rest; and in a test four statements that set who looks."""
    case = a_case(cast, stage=stage, received_at=now())
    visitor = let_in(cast, case)
    for page in ("", "/print"):
        assert queries_of(visitor, url_of(case, page)) <= 8
