"""From a post that was kept and read to a registered case, once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from valedor.casefile.models import Case, Kind, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.web_form import held as holding
from valedor.channels.web_form.questions import ComplaintForm
from valedor.channels.web_form.reading import Post
from valedor.channels.web_form.tokens import FormToken
from valedor.foundation import rows
from valedor.intake import attempts
from valedor.intake.actions.receive import Registration, receive
from valedor.intake.models import Attempt, HeldSubmission
from valedor.intake.sent_again import SentAgain
from valedor.intake.submission import MandateGiven, PersonGiven, Submission


@dataclass(frozen=True)
class Origin:
    """Where a post came from: what its envelope says."""

    raw_id: int
    address: str
    language: str
    privacy_notice_id: int | None
    received_at: datetime
    is_past_rate: bool


@dataclass(frozen=True)
class Outcome:
    """The case of a form. ``registration`` is empty when the form had been registered before;
    ``secret`` is that of the form which opened the case: its access code comes from it.
    """

    case: Case
    secret: str
    registration: Registration | None = None


def register(
    form: ComplaintForm,
    post: Post,
    token: FormToken,
    origin: Origin,
    *,
    held: HeldSubmission | None,
    at: datetime,
) -> Outcome:
    """Register a valid form. Sent again it is the same case, and its post joins the file; so does
    a second form of the very same content from the same address within minutes.
    """
    submission = submission_of(form, post, token, origin, held=held)

    def also(case: Case) -> list[rows.Statement]:
        noted = attempts.noting(Attempt.What.SUBMISSION, origin.address, at=at)
        return [noted, *(holding.becoming(held, case.pk) if held else [])]

    try:
        registration = receive(submission, at=at, also=also, unless_sent_from=origin.address)
    except SentAgain as before:
        same = _joined_to(before.reference, submission, origin)
        if same is not None:
            return same
        registration = receive(submission, at=at, also=also)
    except IntegrityError:
        case = sent_again(submission.entity_id, origin.raw_id, submission.token)
        if case is None:
            raise
        return Outcome(case, token.secret)
    return Outcome(registration.case, token.secret, registration)


def submission_of(
    form: ComplaintForm,
    post: Post,
    token: FormToken,
    origin: Origin,
    *,
    held: HeldSubmission | None,
) -> Submission:
    """A valid form as a submission. Its files are in the store before anything mentions them."""
    given = form.cleaned_data
    kept, refused = holding.as_given(held)
    sender = PersonGiven(
        name=given["name"],
        email=given["email"],
        telephone=given["telephone"],
        postal_address=given["postal_address"],
    )
    mandate = None
    if given["represented_name"]:
        mandate = MandateGiven(
            represented=PersonGiven(name=given["represented_name"]),
            basis=given["mandate_basis"],
            expires_on=given["mandate_expires_on"],
        )
    category = form.chosen_category
    return Submission(
        entity_id=form.house.entity.pk,
        kind=Kind(given["kind"]),
        channel=Case.Channel.WEB_FORM,
        language=origin.language,
        received_at=origin.received_at,
        person=sender,
        mandate=mandate,
        answer_channel=Case.Channel(given["answer_channel"]),
        narrative=_narrative(given["narrative"], given["help_words"]),
        grievances=tuple(form.points),
        remedy_sought=given["remedy_sought"],
        category_id=category.pk if category else None,
        contract_number=given["contract_number"],
        facts=form.facts(),
        is_vulnerable=given["needs_help"],
        touches_safety=given["touches_safety"],
        is_marked_abuse=origin.is_past_rate,
        privacy_notice_id=origin.privacy_notice_id,
        documents=(*kept, *holding.store_files(post.files)),
        refused=(*refused, *post.refused),
        raw_id=origin.raw_id,
        token=token.secret,
    )


def _narrative(narrative: str, help_words: str) -> str:
    return f"{narrative}\n\n{help_words}" if help_words else narrative


def sent_again(entity_id: int, raw_id: int, secret: str) -> Case | None:
    """The case that a form of this secret became before, if any; its new post joins the file."""
    with viewing(the_house(entity_id)):
        found = RawMessage.objects.select_related("case__entity").filter(token=secret)
        first = found.first()
        if first is None or first.case is None:
            return None
        RawMessage.objects.filter(pk=raw_id, case=None).update(
            case=first.case, state=RawMessage.State.REGISTERED, trouble="sent again"
        )
        return first.case


def _joined_to(reference: str, submission: Submission, origin: Origin) -> Outcome | None:
    """The case that the same words became minutes ago, with this post in its file too."""
    with viewing(the_house(submission.entity_id)):
        first = (
            RawMessage.objects.select_related("case__entity")
            .filter(case__reference=reference, case__entity=submission.entity_id)
            .exclude(token=None)
            .order_by("pk")
            .first()
        )
        if first is None or first.case is None or first.token is None:
            return None
        RawMessage.objects.filter(pk=origin.raw_id, case=None).update(
            case=first.case, state=RawMessage.State.REGISTERED, trouble="sent again"
        )
        return Outcome(first.case, first.token)
