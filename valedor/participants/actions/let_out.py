"""Let somebody out again: by the person, by themselves, by the house, or because the time is over.

Their link, their code and the page they have open work no more from this moment: each is checked
against the row.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.models import Case, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import refuse_if
from valedor.handling.outgoing import addressee_of
from valedor.participants import letters, rules
from valedor.participants.facts import ParticipantLetOut
from valedor.participants.models import Participant
from valedor.participants.queries import known_of
from valedor.participants.standing import why_not_of
from valedor.procedures.house_rules import HouseRules, house_rules

Ending = Participant.Ending


def let_out(
    case: Case, *, participant: Participant, by: By, at: datetime, reason: str = ""
) -> Participant:
    """Let somebody out, or leave. Whoever it was is told, unless it was they who left. Raises
    ``Refused``.
    """
    with viewing(the_house(case.entity_id)):
        case = locked(case)
        house = house_rules(case.entity_id)
        refuse_if(why_not_of(case, by, at=at))
        participant = Participant.objects.select_related("person").get(pk=participant.pk, case=case)
        leaves = by.speaker is not None and by.speaker.participant_id == participant.pk
        if not leaves:
            known = known_of(case, today=local_day(at, house.entity.timezone))
            by_participant = by.speaker is not None
            refuse_if(
                rules.why_not_manage(by_participant=by_participant, actor=by.actor, known=known)
            )
        refuse_if(rules.why_not_end(participant))
        ending = Ending.LEFT if leaves else Ending.BY_THE_HOUSE if by.account else Ending.LET_OUT
        letter = None
        if not leaves:
            letter = _tell_them(case, house, participant, by=by, at=at)
        if ending != Ending.LET_OUT:
            _tell_person(case, house, participant, ending, by=by, at=at)
        return _end(case, participant, ending, letter, by=by, at=at, reason=reason)


def let_out_expired(case: Case, *, participant: Participant, at: datetime) -> bool:
    """End what is over by its day, once; whether it was this call. The person is told."""
    with viewing(the_house(case.entity_id)):
        case = locked(case)
        house = house_rules(case.entity_id)
        today = local_day(at, house.entity.timezone)
        participant = Participant.objects.select_related("person").get(pk=participant.pk, case=case)
        is_over = participant.expires_on is not None and participant.expires_on < today
        if participant.ended_at is not None or not is_over or case.erased_at is not None:
            return False
        _tell_person(case, house, participant, Ending.EXPIRED, by=SYSTEM, at=at)
        _end(case, participant, Ending.EXPIRED, None, by=SYSTEM, at=at)
        return True


def _end(
    case: Case,
    participant: Participant,
    ending: Participant.Ending,
    letter: Letter | None,
    *,
    by: By,
    at: datetime,
    reason: str = "",
) -> Participant:
    participant.ended_at, participant.ending = at, ending
    participant.end_reason = reason.strip()[:400]
    participant.save(update_fields=["ended_at", "ending", "end_reason"])
    fact = ParticipantLetOut(
        participant=participant.pk,
        name=participant.person.name,
        ending=str(ending),
        letter=letter.pk if letter else None,
    )
    timeline.record(case, fact, by=by, at=at, body=reason.strip())
    return participant


def _tell_them(
    case: Case, house: HouseRules, participant: Participant, *, by: By, at: datetime
) -> Letter | None:
    person = participant.person

    def say() -> tuple[str, str]:
        words = _(
            "You are not let in to this case any more. The link and the code that you had open "
            "nothing from now on. If you think that this is a mistake, speak with the person "
            "whose case it is."
        )
        return _("You are not let in any more"), words

    return letters.write(case, house, person, say, language=person.language, by=by, at=at)


def _tell_person(
    case: Case,
    house: HouseRules,
    participant: Participant,
    ending: Participant.Ending,
    *,
    by: By,
    at: datetime,
) -> None:
    recipient = addressee_of(case, case.mandate)
    if recipient is None:
        return

    def say() -> tuple[str, str]:
        told = {"name": participant.person.name, "ending": ending.label}
        words = _(
            "%(name)s is not let in to your case any more: %(ending)s.\n\nYou can let them in "
            "anew on the page of your case."
        )
        return _("Somebody is not let in to your case any more"), words % told

    letters.write(case, house, recipient, say, language=case.language, by=by, at=at)
