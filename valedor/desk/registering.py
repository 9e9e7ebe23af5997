"""Quick registration: what is said at the telephone or counter, kept raw before it is read."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core import signing
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.reading.scans import tie
from valedor.acts.reading.unread import locked_message
from valedor.acts.unread_text import Reading
from valedor.casefile.actors import By
from valedor.casefile.arrivals import content_of, raw_of
from valedor.casefile.documents import FileRefused, Kept
from valedor.casefile.models import Case, Deadline, Document, Kind, RawMessage
from valedor.casefile.viewing import Viewer
from valedor.channels.web_form import held as holding
from valedor.channels.web_form import inbound
from valedor.channels.web_form.arriving import as_told, cuts_told
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.reading import Post, read_post
from valedor.desk.forms.contact import ContactForm
from valedor.desk.queries.register import case_now, case_of_token, kept_post, note_read_as
from valedor.foundation import rows
from valedor.foundation.refusals import Refusal, refuse_if
from valedor.handling.actions.add_document import add_document, refuse_document
from valedor.handling.actions.answer_at_once import answer_at_once
from valedor.handling.actions.file_message import file_message
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.actions.save_draft import save_draft
from valedor.handling.draft_place import new_place
from valedor.intake.actions.receive import Registration, receive
from valedor.intake.rules import why_not_sort
from valedor.intake.submission import MandateGiven, PersonGiven, Submission
from valedor.people.models import Team
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken
from valedor.telling.reader import Reader
from valedor.telling.told_apart import labels_of

_SALT = "valedor contact before it is saved"
_WAITS_FOR = timedelta(hours=12)
_SPOKEN = frozenset({Case.Channel.TELEPHONE, Case.Channel.IN_PERSON, Case.Channel.CHAT})


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
        envelope={"form": "desk", "account": by.account_id, "cuts": as_told(arrived.cuts)},
        at=at,
        state=RawMessage.State.DRAFT,
    )
    rows.write([raw])
    try:
        return Posted(raw, read_post(arrived.content, arrived.media_type, arrived.cuts))
    except Unreadable:
        note_read_as(raw, channel=raw.channel, state=RawMessage.State.HELD, trouble="unreadable")
        raise


def sealed(posted: Posted, by: By) -> str:
    """A post that waits for an answer, as the next form names it: for whoever posted it."""
    return signing.dumps([posted.raw.pk, by.account_id], salt=_SALT)


def unsealed(text: str, entity_id: int, by: By) -> Posted | None:
    """The post that a form names, read again with its files; nothing for any other."""
    try:
        raw_id, account_id = signing.loads(text, salt=_SALT, max_age=_WAITS_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    raw = kept_post(int(raw_id), entity_id) if account_id == by.account_id else None
    if raw is None:
        return None
    return Posted(raw, read_post(content_of(raw), raw.media_type, cuts_told(raw.envelope)))


def read_as_django(request: HttpRequest, post: Post) -> HttpResponse | None:
    """Give the framework the fields that were read from what was kept, and have it check the token
    of the form: what it answers where that is wrong.
    """
    request._post = post.fields  # type: ignore[attr-defined]
    request._files = MultiValueDict()  # type: ignore[attr-defined]
    checked = CsrfViewMiddleware(lambda _request: HttpResponse())
    refused = checked.process_view(request, _answered, (), {})
    return refused if isinstance(refused, HttpResponse) else None


def _answered(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def register(
    form: ContactForm,
    posted: Posted,
    *,
    by: By,
    at: datetime,
    unread: Unread | None = None,
    team: Team | None = None,
    also: Callable[[Case], Iterable[rows.Statement]] = lambda _case: (),
) -> tuple[Case, Registration | None]:
    """Register a valid form; sent twice it is the same case, and no code is shown again.

    ``unread`` is the message that was written down with it: that one opens the case, not the form.
    ``team`` is the one that the channel leads to; ``also`` gives what is written with the case.
    Raises ``Refused`` where somebody else has seen to it meanwhile.
    """
    submission = replace(submission_of(form, posted), team=team)
    if unread is not None:
        known = case_of_token(submission.token)
        if known is not None:
            return known, None
        submission = _of_message(submission, unread)
    try:
        registration = receive(submission, by=by, at=at, also=also)
    except IntegrityError:
        known = case_of_token(submission.token)
        if known is None:
            raise
        return known, None
    if unread is not None:
        tie(unread.raw, registration.case, by=by, at=at)
    note_read_as(
        posted.raw,
        channel=submission.channel,
        state=RawMessage.State.REGISTERED,
        case=registration.case,
    )
    if form.answered:
        registration = _answer(registration, form, by=by, at=at)
    return registration.case, registration


def add_instead(
    form: ContactForm,
    posted: Posted,
    case: Case,
    *,
    by: By,
    at: datetime,
    unread: Unread | None = None,
) -> None:
    """What a valid form says becomes a message of a case that is open. Raises ``Refused``."""
    channel = Case.Channel(form.cleaned_data["channel"])
    files, refused = holding.store_files(posted.post.files), list(posted.post.refused)
    if unread is not None:
        files += holding.store_files(unread.reading.post.files)
        file_message(case, raw=unread.raw, text=in_words(form), by=by, at=at)
        tie(unread.raw, case, by=by, at=at)
    else:
        receive_message(
            case,
            text=in_words(form),
            channel=channel,
            by=by,
            at=form.cleaned_data["received_at"],
            recorded_at=at,
            raw=posted.raw,
            heard_by=by.account if channel in _SPOKEN else None,
        )
    for file in files:
        add_document(case, file=Kept(**asdict(file)), side=Document.Side.COMPLAINANT, by=by, at=at)
    for one in refused:
        words = Refusal(one.reason, gettext_lazy("It was not taken."))
        refuse_document(
            case, refused=FileRefused(words, name=one.name, size=one.size), by=by, at=at
        )
    note_read_as(posted.raw, channel=channel, state=RawMessage.State.REGISTERED, case=case)


def keep_answer(form: ContactForm, case: Case, *, by: By, at: datetime) -> str:
    """What was answered at once to words that joined a case; what whoever did it is told.

    The answer goes to nobody by itself, since the case may be somebody else's to answer: it waits
    there as a draft. Raises ``Refused``.
    """
    if not form.answered:
        return _("It is a message of the case now.")
    words = {"text": form.answered}
    save_draft(case, form="message", fields=words, by=by, at=at, place=new_place())
    return _("It is a message of the case now. What you answered is a draft there: send it.")


def in_words(form: ContactForm) -> str:
    """All that a valid form says of the matter, as one text."""
    given = form.cleaned_data
    points = [f"– {one}" for one in form.points]
    return "\n\n".join(
        part for part in (given["narrative"], "\n".join(points), given["remedy_sought"]) if part
    )


def _answer(registration: Registration, form: ContactForm, *, by: By, at: datetime) -> Registration:
    """The same contact, answered in one go: no day is left to tell them."""
    article = form.cleaned_data["answer_article"]
    answer_at_once(registration.case, text=form.answered, article=article, by=by, at=at)
    return replace(registration, case=case_now(registration.case), deadlines=())


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


def dates_told(
    registration: Registration, house: HouseRules, *, at: datetime
) -> list[dict[str, str]]:
    """Until when the person hears from the house, for whoever tells them: each with its name."""
    zone = house.entity.timezone
    told = [
        one
        for one in sorted(registration.deadlines, key=lambda one: one.due_at or at)
        if one.duty in {"first_answer", "respond"} and one.role != Deadline.Role.TARGET
    ]
    labels = labels_of(told, Reader.STAFF, house)
    return [
        {
            "what": labels[one.pk],
            "when": spoken.day(one.due_on)
            if one.due_on
            else (spoken.moment(one.due_at, zone) if one.due_at else ""),
        }
        for one in told
    ]
