"""The author of a public message agrees, declines, or would rather write in their own words."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from valedor.casefile import documents, store, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.documents import Kept
from valedor.casefile.joining import locked_where_it_goes_on
from valedor.casefile.models import Case, Document, Kind, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.social import words
from valedor.channels.social.facts import PublicMessageBroughtIn
from valedor.channels.social.models import PublicConsent, PublicMessage
from valedor.channels.social.social_rules import why_not_answer
from valedor.channels.web_form.registering import Origin
from valedor.foundation import rows
from valedor.foundation.refusals import refuse_if
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.intake import attempts
from valedor.intake.actions.receive import receive
from valedor.intake.models import Attempt
from valedor.intake.submission import PersonGiven, Submission

States = PublicMessage.State


def agree(
    message: PublicMessage,
    *,
    person: PersonGiven,
    origin: Origin,
    secret: str,
    at: datetime,
) -> Case:
    """Bring the message into a new case, or the one it is meant for.

    Whoever follows the link may be anybody: that somebody agreed shows nobody's identity, and
    nothing of a case that was there is told in return. Raises ``Refused``.
    """
    said, language = words.consent(message.entity.name), origin.language
    with viewing(the_house(message.entity_id)), transaction.atomic():
        message = _held(message, at)
        if message.case_id is None:
            case = locked(_registered(message, person, origin, secret, at))
        else:
            case = locked_where_it_goes_on(message.case)  # type: ignore[arg-type]
            raise_alarm(case, Alarm.Cause.PERSON_WROTE, at=at)
            RawMessage.objects.filter(pk=origin.raw_id).update(
                case=case, state=RawMessage.State.REGISTERED
            )
        document = _filed(message, case, at)
        consent = rows.fresh(
            PublicConsent,
            case=case,
            entity_id=case.entity_id,
            message=message,
            author=message.author,
            given_at=at,
            version=words.VERSION,
            language=language,
            words=said,
        )
        rows.write([consent])
        fact = PublicMessageBroughtIn(
            message=message.pk,
            document=document.pk,
            network=message.network,
            version=words.VERSION,
        )
        timeline.record(case, fact, by=COMPLAINANT, at=at)
        message.case, message.document = case, document
        settle(message, States.AGREED, at=at)
        return case


def decline(message: PublicMessage, *, own_words: bool = False, at: datetime) -> None:
    """Remove what was noted; that somebody was asked stays. Raises ``Refused``."""
    with viewing(the_house(message.entity_id)), transaction.atomic():
        settle(_held(message, at), States.OWN_WORDS if own_words else States.DECLINED, at=at)


def settle(message: PublicMessage, state: PublicMessage.State, *, at: datetime) -> None:
    """Write down how it ended. What the message said lies in the case now, or nowhere."""
    message.state, message.settled_at = state, at
    message.text = message.author = message.address = ""
    message.save(
        update_fields=["case", "document", "state", "settled_at", "text", "author", "address"]
    )


def _held(message: PublicMessage, at: datetime) -> PublicMessage:
    held = PublicMessage.objects.select_for_update(of=("self",)).select_related("entity", "case")
    message = held.get(pk=message.pk)
    refuse_if(why_not_answer(message, at=at))
    return message


def _registered(
    message: PublicMessage, person: PersonGiven, origin: Origin, secret: str, at: datetime
) -> Case:
    with translation.override(origin.language):
        told = {"network": message.network}
        subject = _("Public message on %(network)s") % told
        narrative = (
            _(
                "I wrote this in public on %(network)s and agree that it is brought in here: "
                "it is among the documents."
            )
            % told
        )
    submission = Submission(
        entity_id=message.entity_id,
        kind=Kind(message.kind),
        channel=Case.Channel.SOCIAL,
        language=origin.language,
        received_at=at,
        person=person,
        answer_channel=(
            Case.Channel.TELEPHONE if person.telephone and not person.email else Case.Channel.EMAIL
        ),
        subject=subject,
        narrative=narrative,
        is_marked_abuse=origin.is_past_rate,
        privacy_notice_id=origin.privacy_notice_id,
        raw_id=origin.raw_id,
        token=secret,
    )

    def also(_case: Case) -> list[rows.Statement]:
        return [attempts.noting(Attempt.What.SUBMISSION, origin.address, at=at)]

    return receive(submission, at=at, also=also).case


def _filed(message: PublicMessage, case: Case, at: datetime) -> Document:
    """The public message as a document, which can be removed by itself."""
    sha256, size = store.keep(words.as_file(message).encode())
    kept = Kept(
        name="public-message.txt",
        media_type="text/plain",
        claimed_type="text/plain",
        size=size,
        sha256=sha256,
    )
    return documents.add_document(
        case, kept, side=Document.Side.COMPLAINANT, by=COMPLAINANT, at=at, purpose="evidence"
    )
