"""Quick registration: what is said at the telephone or counter, kept raw before it is read."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError
from django.http import HttpRequest

from valedor.casefile.actors import By
from valedor.casefile.arrivals import raw_of
from valedor.casefile.models import Case, Kind, RawMessage
from valedor.casefile.viewing import Viewer
from valedor.channels.web_form import held as holding
from valedor.channels.web_form import inbound
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.reading import Post, read_post
from valedor.desk.forms.contact import ContactForm
from valedor.desk.queries.register import case_of_token, note_read_as
from valedor.desk.queries.unread import locked_message
from valedor.desk.unread_text import Reading
from valedor.foundation import rows
from valedor.foundation.refusals import refuse_if
from valedor.intake.actions.receive import Registration, receive
from valedor.intake.rules import why_not_sort
from valedor.intake.submission import MandateGiven, PersonGiven, Submission
from valedor.procedures.house_rules import HouseRules


@dataclass(frozen=True)
class Posted:
    """A post of the desk's form: its row, and what it reads as."""

    raw: RawMessage
    post: Post


@dataclass(frozen=True)
class Unread:
    """A message that no machine could read, before whoever writes it down."""

    raw: RawMessage
    reading: Reading
    viewer: Viewer


def keep_and_read(request: HttpRequest, entity_id: int, *, by: By, at: datetime) -> Posted:
    """Keep the bytes of a post, then read them. Files over the limit are cut while they arrive.

    Raises ``Unreadable`` where the bytes are not what they say they are; they are kept even so.
    """
    arrived = inbound.take(request)
    raw = raw_of(
        arrived.content,
        entity_id=entity_id,
        channel=Case.Channel.TELEPHONE,
        media_type=arrived.media_type,
        envelope={"form": "desk", "account": by.account_id},
        at=at,
        state=RawMessage.State.DRAFT,
    )
    rows.write([raw])
    try:
        return Posted(raw, read_post(arrived.content, arrived.media_type, arrived.cuts))
    except Unreadable:
        note_read_as(raw, channel=raw.channel, state=RawMessage.State.HELD, trouble="unreadable")
        raise


def register(
    form: ContactForm, posted: Posted, *, by: By, at: datetime, unread: Unread | None = None
) -> tuple[Case, Registration | None]:
    """Register a valid form; sent twice it is the same case, and no code is shown again.

    ``unread`` is the message that was written down with it: that one opens the case, not the form.
    Raises ``Refused`` where somebody else has seen to it meanwhile.
    """
    submission = submission_of(form, posted)
    if unread is not None:
        known = case_of_token(submission.token)
        if known is not None:
            return known, None
        submission = _of_message(submission, unread)
    try:
        registration = receive(submission, by=by, at=at)
    except IntegrityError:
        known = case_of_token(submission.token)
        if known is None:
            raise
        return known, None
    note_read_as(
        posted.raw,
        channel=submission.channel,
        state=RawMessage.State.REGISTERED,
        case=registration.case,
    )
    return registration.case, registration


def _of_message(submission: Submission, unread: Unread) -> Submission:
    """The same, opened by a message that no machine could read, with the files it brought."""
    raw = locked_message(unread.raw)
    refuse_if(why_not_sort(raw, unread.viewer.within(raw.entity_id)))
    brought = holding.store_files(unread.reading.post.files)
    return replace(submission, raw_id=raw.pk, documents=(*submission.documents, *brought))


def as_typed(unread: Unread, house: HouseRules) -> dict[str, Any]:
    """What of a message can stand in the form already; a person looks over it."""
    raw, reading = unread.raw, unread.reading
    said = {
        "name": reading.said("name"),
        "email": reading.said("email"),
        "telephone": reading.said("telephone"),
        "postal_address": reading.said("postal_address"),
        "identity_number": reading.said("identity_number"),
        "contract_number": reading.said("contract_number"),
        "subject": reading.said("subject"),
        "remedy_sought": reading.said("remedy_sought"),
        "point": reading.said("point", "grievances"),
        "narrative": reading.narrative,
        "kind": reading.said("kind"),
        "language": str(raw.envelope.get("language") or reading.said("language")),
    }
    if said["kind"] not in Kind.values:
        del said["kind"]
    if said.get("language") not in house.entity.languages:
        del said["language"]
    zone = ZoneInfo(house.entity.timezone)
    return said | {"channel": raw.channel, "received_at": raw.received_at.astimezone(zone)}


def submission_of(form: ContactForm, posted: Posted) -> Submission:
    """What was typed, as a submission. Files are in the store before anything mentions them."""
    given, post = form.cleaned_data, posted.post
    mandate = None
    if given["represented_name"]:
        mandate = MandateGiven(
            represented=PersonGiven(name=given["represented_name"]),
            basis=given["mandate_basis"],
            expires_on=given["mandate_expires_on"],
        )
    category = form.chosen_category
    notice = form.house.privacy_notice
    return Submission(
        entity_id=form.house.entity.pk,
        kind=Kind(given["kind"]),
        channel=Case.Channel(given["channel"]),
        language=given["language"],
        received_at=given["received_at"],
        person=PersonGiven(
            name=given["name"],
            email=given["email"],
            telephone=given["telephone"],
            postal_address=given["postal_address"],
            identity_number=given["identity_number"],
        ),
        mandate=mandate,
        answer_channel=Case.Channel(given["answer_channel"]),
        subject=given["subject"],
        narrative=given["narrative"],
        grievances=tuple(form.points),
        remedy_sought=given["remedy_sought"],
        category_id=category.pk if category else None,
        contract_number=given["contract_number"],
        facts=form.facts(),
        is_vulnerable=given["needs_help"],
        touches_safety=given["touches_safety"],
        privacy_notice_id=notice.pk if notice else None,
        documents=tuple(holding.store_files(post.files)),
        refused=tuple(post.refused),
        raw_id=posted.raw.pk,
        token=given["token"],
    )
