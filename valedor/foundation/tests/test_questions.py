"""Many questions about one thing, one round trip."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import a_case, acting, the_cast
from valedor.casefile.models import Entry, Grievance, Instance
from valedor.foundation.questions import Question, one_round_trip

ENTRIES = Question(
    lambda case: Entry.objects.filter(case=case).select_related("content").order_by("sequence")
)
OPEN = Question(lambda case: Instance.objects.filter(case=case, closed_at=None))
POINTS = Question(lambda case: Grievance.objects.filter(case=case).order_by("-ordinal")[:1])


@pytest.mark.django_db
def test_answers_as_the_querysets_do() -> None:
    cast = the_cast()
    for case in (a_case(cast), a_case(cast)):
        with acting(cast):
            with CaptureQueriesContext(connection) as asked, one_round_trip(case.pk) as ask:
                entries, instances, points = ask(ENTRIES), ask(OPEN), ask(POINTS)
            assert len(asked) == 1
            expected = list(Entry.objects.filter(case=case).order_by("sequence"))
            assert entries == expected
            with CaptureQueriesContext(connection) as asked:
                for entry, alike in zip(entries, expected, strict=True):
                    assert (entry.kind, entry.at, entry.particulars) == (
                        alike.kind,
                        alike.at,
                        alike.particulars,
                    )
                    assert entry.at.tzinfo == alike.at.tzinfo
                    assert not entry._state.adding
                assert entries[0].content.body
            assert not asked.captured_queries
            assert instances == list(Instance.objects.filter(case=case))
            assert points == list(Grievance.objects.filter(case=case).order_by("-ordinal")[:1])


@pytest.mark.django_db
def test_nothing_asked_is_nothing_sent() -> None:
    with CaptureQueriesContext(connection) as asked, one_round_trip(1):
        pass
    assert not asked.captured_queries
