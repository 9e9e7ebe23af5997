"""Say that nothing comes of a message or row that no machine could read. Both stay as they came."""

from datetime import datetime

from django.db import transaction

from valedor.casefile.models import RawMessage
from valedor.casefile.viewing import Viewer, the_house, viewer_of, viewing
from valedor.foundation.refusals import refuse_if
from valedor.intake import rules
from valedor.intake.importing.models import ImportReject
from valedor.intake.models import SetAside
from valedor.people.acts import Act
from valedor.people.administration import record_change
from valedor.people.models import Account


@transaction.atomic
def set_message_aside(raw: RawMessage, *, reason: str, by: Account, at: datetime) -> SetAside:
    """Somebody has read it: it is no contact, or one that is known already. Raises ``Refused``.

    The reason stays beside the message; the log, which is kept for ever, says that it happened.
    """
    with viewing(the_house(raw.entity_id)):
        raw = RawMessage.objects.select_for_update().get(pk=raw.pk)
        refuse_if(rules.why_not_set_aside(raw, _viewer(by, raw.entity_id), reason=reason))
        aside = SetAside.objects.create(
            entity_id=raw.entity_id, seats=raw.seats, raw=raw, reason=reason.strip(), by=by, at=at
        )
        raw.state = RawMessage.State.SET_ASIDE
        raw.save(update_fields=["state"])
    _log(Act.MESSAGE_SET_ASIDE, raw, by=by, at=at)
    return aside


@transaction.atomic
def take_message_up(raw: RawMessage, *, by: Account, at: datetime) -> SetAside:
    """It was set aside too soon: it waits for somebody again. Raises ``Refused``."""
    with viewing(the_house(raw.entity_id)):
        raw = RawMessage.objects.select_for_update().get(pk=raw.pk)
        refuse_if(rules.why_not_take_up(raw, _viewer(by, raw.entity_id)))
        aside = SetAside.objects.get(raw=raw, taken_up_at=None)
        aside.taken_up_by, aside.taken_up_at = by, at
        aside.save(update_fields=["taken_up_by", "taken_up_at"])
        raw.state = RawMessage.State.HELD
        raw.save(update_fields=["state"])
    _log(Act.MESSAGE_TAKEN_UP, raw, by=by, at=at)
    return aside


@transaction.atomic
def set_row_aside(reject: ImportReject, *, reason: str, by: Account, at: datetime) -> ImportReject:
    """Somebody has seen to a row, and no case comes of it. Raises ``Refused``."""
    with viewing(the_house(reject.entity_id)):
        reject = ImportReject.objects.select_for_update(of=("self",)).get(pk=reject.pk)
        viewer = _viewer(by, reject.entity_id)
        refuse_if(rules.why_not_set_row_aside(reject, viewer, reason=reason))
        reject.settled_at, reject.settled_by, reject.settled_reason = at, by, reason.strip()
        reject.save(update_fields=["settled_at", "settled_by", "settled_reason"])
        file = reject.file
    what = {"file": file.name, "line": reject.line}
    record_change(by, Act.ROW_SET_ASIDE.value, f"{file.source}, {reject.pk}", None, what, at=at)
    return reject


def _viewer(by: Account, entity_id: int) -> Viewer:
    return viewer_of(by).within(entity_id)


def _log(act: Act, raw: RawMessage, *, by: Account, at: datetime) -> None:
    what = {"channel": raw.channel, "received_at": raw.received_at.isoformat()}
    record_change(by, act.value, str(raw.pk), None, what, at=at)
