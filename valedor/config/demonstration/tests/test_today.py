"""Since yesterday something came in on every channel, and whoever wrote was told so."""

from datetime import UTC, datetime, timedelta

from valedor.casefile.models import Case, Letter
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.chat.models import Chat
from valedor.config.demonstration import today
from valedor.config.demonstration.tests.conftest import SettledIn

NOW = datetime(2026, 11, 26, 17, tzinfo=UTC)


def test_mail_sms_and_chat_at_each_house(settled_in: SettledIn) -> None:
    household = settled_in(NOW)
    today.come_in(household, until=NOW)
    with viewing(the_house()):
        for entity in household.entities.values():
            came = Case.objects.filter(entity=entity)
            channels = set(came.values_list("channel", flat=True))
            assert channels == {"email", "sms", "chat"}
            assert all(case.received_at > NOW - timedelta(days=1) for case in came)
            assert len({case.subject for case in came}) == came.count()
            # Nobody is left without a receipt, nor with one on its way for ever.
            receipts = Letter.objects.filter(case__in=came)
            assert set(receipts.values_list("case", flat=True)) == {case.pk for case in came}
            assert not receipts.filter(state=Letter.State.QUEUED).exists()
            for chat in Chat.objects.filter(entity=entity):
                assert chat.taken_by is not None
                assert chat.ended_at is not None
        assert verify().broken == []
