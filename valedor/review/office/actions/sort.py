"""What reached the ombudsman and no machine could read: somebody of the office files it, makes a
file of it or sets it aside. It counts from the moment it reached the office.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from valedor.casefile.actors import By
from valedor.casefile.documents import Kept, add_document
from valedor.casefile.models import Case, Document, RawMessage
from valedor.casefile.seats import OFFICE_FILE
from valedor.casefile.viewing import viewer_of
from valedor.foundation.refusals import refuse_if
from valedor.intake.models import SetAside
from valedor.intake.submission import Submission
from valedor.people.models import Account
from valedor.review.office import rules
from valedor.review.office.access import at_both_tables
from valedor.review.office.actions.bring import Filed, bring, bring_first_hand
from valedor.review.office.actions.hear import hear


@transaction.atomic
def file_held(
    raw: RawMessage,
    file: Case,
    *,
    text: str,
    by: By,
    at: datetime,
    documents: Sequence[Kept] = (),
) -> None:
    """Put a message into a file, with what came along; into a closed one, too. Raises
    ``Refused``.
    """
    with at_both_tables(raw.entity_id):
        raw = _locked(raw, by)
        refuse_if(rules.why_not_file_held(raw, file, text=text))
        hear(
            file,
            text=text,
            by=by,
            at=min(raw.received_at, at),
            channel=raw.channel,
            documents=documents,
        )
        _becomes(raw, file)


@transaction.atomic
def bring_held(
    raw: RawMessage,
    submission: Submission,
    *,
    by: By,
    at: datetime,
    documents: Sequence[Kept] = (),
) -> Filed:
    """Make a file of its own of a message. Raises ``Refused``."""
    with at_both_tables(raw.entity_id):
        raw = _locked(raw, by)
        came = min(raw.received_at, at)
        filed = bring_first_hand(submission, by=by, at=came)
        for kept in documents:
            add_document(
                filed.file, kept, side=Document.Side.COMPLAINANT, by=by, at=came, seats=OFFICE_FILE
            )
        _becomes(raw, filed.file)
    return filed


@transaction.atomic
def bring_held_about(
    raw: RawMessage,
    case: Case,
    *,
    text: str,
    by: By,
    at: datetime,
    documents: Sequence[Kept] = (),
) -> Filed:
    """Take a case of the company to the ombudsman, as its person asked when something broke.
    Raises ``Refused``.
    """
    with at_both_tables(raw.entity_id):
        raw = _locked(raw, by)
        came = min(raw.received_at, at)
        filed = bring(case, text=text, by=by, at=came, documents=documents)
        _becomes(raw, filed.file)
    return filed


@transaction.atomic
def set_held_aside(raw: RawMessage, *, reason: str, by: By, at: datetime) -> SetAside:
    """Somebody of the office has read it, and nothing comes of it. The reason stays beside it; the
    administration's log, which the company reads, says nothing. Raises ``Refused``.
    """
    with at_both_tables(raw.entity_id):
        raw = _locked(raw, by)
        refuse_if(rules.why_not_set_aside(reason))
        raw.state = RawMessage.State.SET_ASIDE
        raw.save(update_fields=["state"])
        return SetAside.objects.create(
            entity_id=raw.entity_id,
            seats=raw.seats,
            raw=raw,
            reason=reason.strip(),
            by=_account(by),
            at=at,
        )


@transaction.atomic
def take_held_up(raw: RawMessage, *, by: By, at: datetime) -> None:
    """It was set aside too soon: it waits for somebody again. Raises ``Refused``."""
    with at_both_tables(raw.entity_id):
        raw = RawMessage.objects.select_for_update().get(pk=raw.pk)
        viewer = viewer_of(_account(by)).within(raw.entity_id)
        refuse_if(rules.why_not_take_held_up(raw, viewer))
        SetAside.objects.filter(raw=raw, taken_up_at=None).update(
            taken_up_by=by.account, taken_up_at=at
        )
        raw.state = RawMessage.State.HELD
        raw.save(update_fields=["state"])


def _locked(raw: RawMessage, by: By) -> RawMessage:
    raw = RawMessage.objects.select_for_update().get(pk=raw.pk)
    viewer = viewer_of(_account(by)).within(raw.entity_id)
    refuse_if(rules.why_not_sort(raw, viewer))
    return raw


def _becomes(raw: RawMessage, file: Case) -> None:
    RawMessage.objects.filter(pk=raw.pk).update(case=file, state=RawMessage.State.REGISTERED)


def _account(by: By) -> Account:
    assert by.account is not None  # noqa: S101 -- somebody of the staff sorts
    return by.account
