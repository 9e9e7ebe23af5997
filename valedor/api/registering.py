"""A contact registered by API: handed in by a program, or written down as a person would."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from valedor.acts.reading import unread
from valedor.acts.reading.scans import tie
from valedor.acts.unread_text import reading_of
from valedor.api import queries, schemas
from valedor.api.asking import KEY_PARAMETER, as_json, token_of_call
from valedor.api.authentication import Bearer, not_permitted, scope_missing
from valedor.api.endpoints import POST_PROBLEMS, router, tag_of
from valedor.api.faults import Fault
from valedor.api.problems import AtFault, Problem
from valedor.casefile.access import case_for
from valedor.casefile.actors import By, staff
from valedor.casefile.models import Case, Kind, RawMessage
from valedor.casefile.viewing import Viewer, viewing
from valedor.channels.web_form.held import store_files
from valedor.foundation import moments
from valedor.foundation.refusals import refuse_if
from valedor.handling.actions.answer_at_once import answer_at_once
from valedor.handling.actions.keep_apart import registered_apart
from valedor.intake.actions.receive import Registration, receive
from valedor.intake.alike import Alike, Contact, find_alike
from valedor.intake.rules import why_not_mandate, why_not_sort
from valedor.intake.submission import MandateGiven, PersonGiven, Submission
from valedor.knowledge.models import ArticleVersion
from valedor.knowledge.queries import article_shown
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import HouseRules, house_rules
from valedor.procedures.refusals import nearest
from valedor.procedures.vocabulary_tables import vocabulary
from valedor.programs.models import ApiToken
from valedor.programs.tokens import program_viewer_of, viewer_of

__all__ = ["router"]

_OLDEST = timedelta(days=3660)
_OF_A_PERSON = ("held", "answer", "answer_article", "apart_because")
"""What only somebody who works here says of a contact."""


@router.post(
    "/cases",
    auth=Bearer(ApiToken.Scope.REGISTER, [Permission.REGISTER]),
    response={201: schemas.Registered} | POST_PROBLEMS,
    summary="Register a case",
    operation_id="register_case",
    tags=["cases"],
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
def register_case(request: HttpRequest, body: schemas.Registration) -> HttpResponse:
    """Register a contact. The answer holds the access code, which is told this once.

    A token that acts as a person registers as they do at the desk, by any channel. With
    ``if_alike`` set to ``refuse`` nothing is registered where the same may be there already: a 409
    ``likely_duplicates`` tells of whom and what.
    """
    token, at = token_of_call(request), moments.now()
    by = _registrar(token)
    if by is None:
        _refuse_of_a_person(body)
    seen_as = program_viewer_of(token)  # Its person may see no case that goes to another team.
    with viewing(seen_as):
        house = house_rules(token.entity_id)
        submission = _submission(request, body, house, at)
        article = _article(body, house, at)
    raw = _held(body, token, at)
    alike = _alike(body, token, submission, house)
    if alike and body.if_alike == "refuse":
        raise LikelyDuplicates(alike)
    with viewing(seen_as), transaction.atomic():
        if raw is not None:
            submission = _of_held(submission, raw, body)
        registration = receive(submission, by=by, at=at)
        _with_it(request, body, registration, raw, article, alike, by, at)
        case = case_for(seen_as, registration.case.reference)
        view = queries.view_of(case)
    answer = schemas.Registered(case=view, access_code=registration.access_code)
    response = as_json(answer, status=201)
    response["Location"] = f"/api/v1/cases/{case.reference}"
    response["ETag"] = tag_of(view)
    return response


class LikelyDuplicates(Problem):
    """The same person, or the same matter, may be there already: whoever asked decides."""

    def __init__(self, alike: Alike) -> None:
        words = _(
            "The same may be registered already: look at “alike”. Write to that case, or send it "
            "with “if_alike”: “register” and a new Idempotency-Key."
        )
        found = schemas.AlikeView(
            persons=[
                schemas.PersonAlike(
                    number=one.person.pk,
                    name=one.person.name,
                    signs=[str(sign) for sign in one.signs],
                    cases=[case.reference for case in one.cases],
                )
                for one in alike.persons
            ],
            cases=[
                schemas.CaseAlike(
                    reference=one.case.reference,
                    subject=one.case.subject,
                    signs=[str(sign) for sign in one.signs],
                )
                for one in alike.cases
            ],
        )
        super().__init__(409, "likely_duplicates", words, more={"alike": found.model_dump()})


def _registrar(token: ApiToken) -> By | None:
    """The person who registers, where the token acts as one who may at its entity."""
    if token.account is None:
        return None
    if not viewer_of(token).within(token.entity_id).may(Permission.REGISTER):
        raise not_permitted()
    return staff(token.account)


def _submission(
    request: HttpRequest, body: schemas.Registration, house: HouseRules, at: datetime
) -> Submission:
    received_at = body.received_at or at
    if received_at > at + timedelta(minutes=5):
        words = _("“received_at” lies in the future.")
        raise AtFault(422, Fault("body", "received_at", "received_in_future", words))
    if received_at < at - _OLDEST:
        words = _("“received_at” lies more than ten years back: import it.")
        raise AtFault(422, Fault("body", "received_at", "received_too_early", words))
    for key in body.facts:
        if key not in vocabulary("facts"):
            raise _unknown("facts", "fact_unknown", key, vocabulary("facts"))
    sender = body.representative or body.complainant
    mandate = None
    if body.representative is not None:
        expires_on = body.representative.expires_on
        received_on = moments.local_day(received_at, house.entity.timezone)
        if refusal := why_not_mandate(expires_on, received_on=received_on):
            raise AtFault(
                422, Fault("body", "representative/expires_on", refusal.code, str(refusal))
            )
        mandate = MandateGiven(
            represented=_person(body.complainant),
            basis=body.representative.basis,
            expires_on=expires_on,
        )
    return Submission(
        entity_id=house.entity.pk,
        kind=Kind(body.kind),
        channel=Case.Channel(body.channel),
        language=body.language or house.entity.default_language,
        received_at=min(received_at, at),
        person=_person(sender),
        mandate=mandate,
        answer_channel=Case.Channel(body.answer_channel),
        subject=body.subject,
        narrative=body.narrative,
        grievances=tuple(body.grievances),
        remedy_sought=body.remedy_sought,
        category_id=_category(body.category, house),
        contract_number=body.contract_number,
        facts=body.facts | _answered(body),
        is_vulnerable=body.is_vulnerable,
        touches_safety=body.touches_safety,
        raw_id=request.raw.pk,  # type: ignore[attr-defined]
    )


def _answered(body: schemas.Registration) -> dict[str, bool]:
    """What is answered while they are there has no clock to run."""
    is_answered = body.kind == Kind.ENQUIRY.value and bool(body.answer or body.answer_article)
    return {"enquiry_answered_in_contact": True} if is_answered else {}


def _person(given: schemas.Represented) -> PersonGiven:
    return PersonGiven(
        name=given.name,
        email=given.email,
        telephone=given.telephone,
        postal_address=given.postal_address,
        identity_number=given.identity_number,
        place=given.place,
        is_company=given.is_company,
    )


def _category(key: str | None, house: HouseRules) -> int | None:
    if key is None:
        return None
    for category in house.categories.values():
        if category.key == key:
            return category.pk
    known = [category.key for category in house.categories.values()]
    raise _unknown("category", "category_unknown", key, known)


def _unknown(field: str, code: str, typed: str, known: Collection[str]) -> AtFault:
    """A key that the house does not know, with the one that may have been meant."""
    named = {"field": field, "typed": typed[:60], "near": nearest(typed, known)}
    if named["near"]:
        words = _("“%(field)s” knows no key “%(typed)s”; near to it is “%(near)s”.") % named
    else:
        words = _("“%(field)s” knows no key “%(typed)s”; this entity has none.") % named
    return AtFault(422, Fault("body", field, code, words))


# ------------------------------------------------------------------ what only a person says
def _refuse_of_a_person(body: schemas.Registration) -> None:
    """A program that acts as nobody hands in what people sent, and says nothing for the house."""
    if body.channel != "api":
        words = _("What a program hands in came by “api”: a person names another channel.")
        raise AtFault(422, Fault("body", "channel", "channel_of_a_person", words))
    for name in _OF_A_PERSON:
        if getattr(body, name) not in {"", None}:
            words = _("Only a token that acts as a person says “%(field)s”.") % {"field": name}
            raise AtFault(422, Fault("body", name, "said_by_a_person", words))


def _article(body: schemas.Registration, house: HouseRules, at: datetime) -> ArticleVersion | None:
    if not body.answer_article:
        return None
    found = article_shown(house.entity, body.answer_article, at)
    if found is None:
        words = _("There is no article with this key that the entity shows now.")
        raise AtFault(422, Fault("body", "answer_article", "article_unknown", words))
    return found


def _held(body: schemas.Registration, token: ApiToken, at: datetime) -> RawMessage | None:
    """The message that no machine could read and that becomes this case."""
    if body.held is None:
        return None
    viewer = viewer_of(token)
    with viewing(viewer):
        try:
            raw = unread.message_for(viewer, body.held)
        except Http404:
            raw = None
    if raw is None or raw.entity_id != token.entity_id:
        words = _("No such message waits at this entity for the person as whom the token acts.")
        raise AtFault(422, Fault("body", "held", "held_unknown", words))
    refuse_if(why_not_sort(raw, viewer.within(raw.entity_id)))
    return raw


def _of_held(submission: Submission, raw: RawMessage, body: schemas.Registration) -> Submission:
    """The same, opened by that message, with the files that it brought: it reached the house when
    the message did.
    """
    raw = unread.locked_message(raw)
    brought = store_files(reading_of(raw).post.files)
    return replace(
        submission,
        raw_id=raw.pk,
        documents=tuple(brought),
        channel=Case.Channel(raw.channel) if body.channel == "api" else submission.channel,
        received_at=submission.received_at if body.received_at else raw.received_at,
    )


def _with_it(
    request: HttpRequest,
    body: schemas.Registration,
    registration: Registration,
    raw: RawMessage | None,
    article: ArticleVersion | None,
    alike: Alike,
    by: By | None,
    at: datetime,
) -> None:
    """What is written down with a case by whoever registers it. Raises ``Refused``."""
    case = registration.case
    if raw is not None and by is not None:
        tie(raw, case, by=by, at=at)
        queries.became(request.raw, case)  # type: ignore[attr-defined]
    if by is None:
        return
    if alike.cases and body.apart_because:
        others = [(one.case, [str(sign) for sign in one.signs]) for one in alike.cases]
        registered_apart(case, others=others, reason=body.apart_because, by=by, at=at)
    text = _answer(body, article, case.language)
    if text:
        answer_at_once(
            case, text=text, article=article.article.key if article else "", by=by, at=at
        )


def _answer(body: schemas.Registration, article: ArticleVersion | None, language: str) -> str:
    """Own words, then the article, in the person's language."""
    said = article.body.in_language(language) if article else ""
    return "\n\n".join(part for part in (body.answer, said) if part)


# ------------------------------------------------------------------ what may be there already
def _alike(
    body: schemas.Registration, token: ApiToken, submission: Submission, house: HouseRules
) -> Alike:
    """Whom and what it may be about, as far as the token reads cases."""
    if body.if_alike != "refuse" and not body.apart_because:
        return Alike()
    if ApiToken.Scope.READ.value not in token.scopes:
        raise scope_missing(ApiToken.Scope.READ)
    viewer: Viewer = viewer_of(token)
    contact = Contact(
        entity=house.entity,
        person=submission.mandate.represented if submission.mandate else submission.person,
        kind=submission.kind,
        at=submission.received_at,
        category_id=submission.category_id,
        contract_number=submission.contract_number,
        words=f"{submission.subject} {submission.narrative}",
    )
    with viewing(viewer):
        return find_alike(contact, viewer)
