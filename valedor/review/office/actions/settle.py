"""Settle: either side proposes at any moment, the other says yes, no, or what it would settle for
instead. A yes ends the matter, and what was agreed is redress that the company carries out on its
own case.
"""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Stage
from valedor.casefile.stages import move_to
from valedor.foundation.moments import last_day
from valedor.foundation.refusals import refuse_if
from valedor.handling import redress_words
from valedor.handling.actions.reopen import go_on
from valedor.handling.actions.settle_redress import agree
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm, Redress
from valedor.handling.queries import case_state
from valedor.handling.standing import viewer_for
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.models import RedressOption
from valedor.review.office import addressing, letters, rules
from valedor.review.office.actions.common import begun, in_the_office
from valedor.review.office.actions.hear import settle as settle_hearing
from valedor.review.office.actions.lapse import lapse_if_late
from valedor.review.office.facts import OfferAnswered, OfferMade, Settled
from valedor.review.office.models import Hearing, Offer, Proceeding, Statement
from valedor.review.office.queries import FileState

Side = Statement.Side


@in_the_office
def propose(
    file: Case,
    *,
    side: Statement.Side,
    option: str,
    text: str,
    answer_by: datetime,
    by: By,
    at: datetime,
    amount: Decimal | None = None,
    currency: str = "",
    instead_of: Offer | None = None,
) -> Offer:
    """One side proposes to settle, structured as redress is. With ``instead_of``, the proposal of
    the other side, it declines that one and proposes this in the same breath. Raises ``Refused``.
    """
    fs = begun(file, at=at)
    refuse_if(
        rules.why_not_offer(
            fs, side=side, option=option, amount=amount, currency=currency, text=text,
            answer_by=answer_by, at=at, instead_of=instead_of,
        )
    )  # fmt: skip
    if instead_of is not None:
        _say(fs, instead_of, side=side, state=Offer.State.DECLINED, by=by, at=at)
    else:
        lapse_if_late(fs, at=at)
    return make(
        fs, side=side, option=option, text=text, answer_by=answer_by, by=by, at=at,
        amount=amount, currency=currency, is_counter=instead_of is not None,
    )  # fmt: skip


def make(
    fs: FileState,
    *,
    side: Statement.Side,
    option: str,
    text: str,
    answer_by: datetime,
    by: By,
    at: datetime,
    amount: Decimal | None = None,
    currency: str = "",
    is_counter: bool = False,
) -> Offer:
    """The same once its rule has been asked."""
    offer = Offer.objects.create(
        case=fs.file,
        entity_id=fs.file.entity_id,
        by_side=side,
        option=option,
        text=text,
        amount=amount,
        currency=currency,
        made_at=at,
        answer_by=answer_by,
    )
    letter = None
    if side != Side.COMPLAINANT:
        day = last_day(answer_by, fs.house.entity.timezone)
        title = gettext_lazy("A proposal to settle")
        words = _made_in_words(fs, offer, fs.file.language, is_counter=is_counter)
        letter = letters.say(fs.file, fs.house, title, words, answer_by=day, by=by, at=at)
    fact = OfferMade(
        offer=offer.pk,
        side=str(side),
        option=option,
        amount=str(amount or ""),
        currency=currency,
        answer_by=answer_by.isoformat(),
        letter=letter.pk if letter else None,
    )
    entry = timeline.record(fs.file, fact, by=by, at=at, body=text)
    if letter is not None:
        letters.keep(fs.file, entry, letter, at=at)
    if side != Side.COMPANY and fs.proceeding.about is not None:
        language = fs.house.entity.default_language
        words = _made_in_words(fs, offer, language, is_counter=is_counter)
        addressing.address(
            fs.proceeding.about, fs.file, Hearing.What.OFFER, of=offer.pk, text=words,
            answer_by=answer_by, by=by, at=at,
        )  # fmt: skip
    raise_alarm(fs.file, Alarm.Cause.PERSON_WROTE, at=at)
    return offer


def _made_in_words(fs: FileState, offer: Offer, language: str, *, is_counter: bool) -> str:
    """What the other side reads of a proposal."""
    words = in_words(offer, fs.house, language)
    if not is_counter:
        return words
    with override(language):
        return _("What you proposed is not accepted. Instead: %(what)s") % {"what": words}


def in_words(offer: Offer, house: HouseRules, language: str) -> str:
    """What is proposed, in the words in which redress is offered."""
    proposed = Redress(
        kind=offer.option, text=offer.text, amount=offer.amount, currency=offer.currency
    )
    return f"{redress_words.in_words(proposed, house, language)}."


@in_the_office
def answer(
    file: Case, *, offer: Offer, side: Statement.Side, accept: bool, by: By, at: datetime
) -> Offer:
    """The other side says yes or no. Raises ``Refused``."""
    fs = begun(file, at=at)
    offer = Offer.objects.get(pk=offer.pk, case=file)
    refuse_if(rules.why_not_answer_offer(fs, offer, side=side, at=at))
    _say(fs, offer, side=side, state=_said(accept=accept), by=by, at=at)
    if accept:
        _agree(fs, offer, by=by, at=at)
    else:
        _tell_declined(fs, offer, by=by, at=at)
    raise_alarm(fs.file, Alarm.Cause.PERSON_WROTE, at=at)
    return offer


def _said(*, accept: bool) -> Offer.State:
    return Offer.State.ACCEPTED if accept else Offer.State.DECLINED


def _say(
    fs: FileState,
    offer: Offer,
    *,
    side: Statement.Side,
    state: Offer.State,
    by: By,
    at: datetime,
) -> None:
    """One side's word on the proposal of the other, in the file and on the company's case."""
    offer.state, offer.answered_at = state, at
    offer.save(update_fields=["state", "answered_at"])
    fact = OfferAnswered(offer=offer.pk, side=str(side), answer=str(offer.state))
    timeline.record(fs.file, fact, by=by, at=at)
    waiting = Hearing.objects.filter(file=fs.file, what=Hearing.What.OFFER, of=offer.pk)
    for hearing in waiting.filter(answered_at=None, ended_at=None).select_related("deadline"):
        settle_hearing(hearing, text=str(offer.get_state_display()), by=by, at=at)


def _tell_declined(fs: FileState, offer: Offer, *, by: By, at: datetime) -> None:
    """Whoever made a proposal hears that it is not accepted, and that the office goes on."""
    if offer.by_side == Side.COMPLAINANT:
        with override(fs.file.language):
            said = _("The company does not accept what you proposed: %(what)s") % {
                "what": in_words(offer, fs.house, fs.file.language)
            }
            said += "\n\n" + _("We go on with your matter; you may make another proposal.")
        title = gettext_lazy("Your proposal was not accepted")
        letters.say(fs.file, fs.house, title, said, by=by, at=at)
    elif fs.proceeding.about is not None:
        language = fs.house.entity.default_language
        with override(language):
            said = _("The person does not accept what the company proposed: %(what)s") % {
                "what": in_words(offer, fs.house, language)
            }
        addressing.address(
            fs.proceeding.about, fs.file, Hearing.What.SHOWN, of=offer.pk, text=said, by=by, at=at
        )


@in_the_office
def propose_from_hearing(
    case: Case,
    *,
    hearing: Hearing,
    option: str,
    text: str,
    answer_by: datetime,
    by: By,
    at: datetime,
    amount: Decimal | None = None,
    currency: str = "",
) -> Offer:
    """The company proposes to settle what the office asks it about; from the hearing of what the
    person proposes, instead of that. Raises ``Refused``.
    """
    hearing = Hearing.objects.select_related("file__entity").get(pk=hearing.pk, case=case)
    refuse_if(rules.why_not_speak_for_company(viewer_for(case, by), hearing))
    theirs = None
    if hearing.what == Hearing.What.OFFER:
        refuse_if(rules.why_not_answer_hearing(viewer_for(case, by), hearing))
        theirs = Offer.objects.get(pk=hearing.of, case=hearing.file)
    return propose(
        hearing.file, side=Side.COMPANY, option=option, text=text, answer_by=answer_by, by=by,
        at=at, amount=amount, currency=currency, instead_of=theirs,
    )  # fmt: skip


@in_the_office
def answer_offer_of_hearing(
    case: Case, *, hearing: Hearing, accept: bool, by: By, at: datetime
) -> Offer:
    """The company says yes or no to what the person proposes. Raises ``Refused``."""
    hearing = Hearing.objects.select_related("file__entity").get(pk=hearing.pk, case=case)
    refuse_if(rules.why_not_answer_hearing(viewer_for(case, by), hearing))
    offer = Offer.objects.get(pk=hearing.of, case=hearing.file)
    return answer(hearing.file, offer=offer, side=Side.COMPANY, accept=accept, by=by, at=at)


def _agree(fs: FileState, offer: Offer, *, by: By, at: datetime) -> None:
    words = in_words(offer, fs.house, fs.file.language)
    with override(fs.file.language):
        said = _("Both sides agree, and the matter ends with it: %(what)s") % {"what": words}
    title = gettext_lazy("You have agreed")
    letter = letters.say(fs.file, fs.house, title, said, by=by, at=at)
    limits.drop(fs.file, "*", by=by, at=at, reason="")
    fact = Settled(offer=offer.pk, letter=letter.pk if letter else None)
    move_to(fs.file, Stage.ANSWERED, at=at)
    entry = timeline.record(fs.file, fact, by=by, at=at, body=said)
    letters.keep(fs.file, entry, letter, at=at)
    fs.proceeding.state = Proceeding.State.SETTLED
    fs.proceeding.save(update_fields=["state"])
    addressing.end_all(fs.file, by=by, at=at)
    if fs.proceeding.about is not None:
        carry_out(fs.proceeding.about, offer, fs.house, by=by, at=at)
        addressing.address(
            fs.proceeding.about, fs.file, Hearing.What.SHOWN, of=offer.pk, text=said, by=by, at=at
        )


def carry_out(about: Case, offer: Offer, house: HouseRules, *, by: By, at: datetime) -> Redress:
    """What was agreed is owed: redress of the company's case, with its limit. As the house."""
    option = RedressOption.objects.filter(entity=about.entity_id, key=offer.option).first()
    case = locked(about)
    with override(case.language):
        go_on(case, reason=_("What was agreed before the ombudsman is carried out."), by=by, at=at)
    redress = Redress.objects.create(
        case=case,
        entity_id=case.entity_id,
        kind=offer.option,
        text=offer.text,
        amount=offer.amount,
        currency=offer.currency,
        needs_acceptance=False,
        needs_proof=option.needs_proof if option else True,
        days_to_carry_out=option.days_to_carry_out if option else 14,
        state=Redress.State.APPROVED,
        offered_at=offer.made_at,
        by=by.account,
        at=at,
    )
    agree(case_state(case), redress, by=by, at=at)
    return redress
