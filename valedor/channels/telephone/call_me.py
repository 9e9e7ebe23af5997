"""Somebody without a case asks to be called: kept raw, registered, promised, in one go."""

from datetime import datetime

from django.db import IntegrityError

from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case, Kind, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.telephone.actions.promise_call import promise_call
from valedor.channels.telephone.asking import CallMeForm
from valedor.channels.telephone.models import Line
from valedor.channels.web_form import held as holding
from valedor.channels.web_form.registering import Origin
from valedor.channels.web_form.tokens import FormToken
from valedor.foundation import rows
from valedor.intake import attempts
from valedor.intake.actions.receive import receive
from valedor.intake.models import Attempt, HeldSubmission
from valedor.intake.submission import PersonGiven, Submission


def ask_for_call(
    form: CallMeForm,
    line: Line,
    token: FormToken,
    origin: Origin,
    *,
    held: HeldSubmission | None = None,
    at: datetime,
) -> Case:
    """Register a valid form as an enquiry and promise the call; sent twice it is the same case.

    Raises ``Refused`` where no call can be promised; then nothing was registered.
    """
    given = form.cleaned_data
    submission = Submission(
        entity_id=line.entity_id,
        kind=Kind.ENQUIRY,
        channel=Case.Channel.WEB_FORM,
        language=origin.language,
        received_at=origin.received_at,
        person=PersonGiven(name=given["name"], email=given["email"], telephone=given["number"]),
        answer_channel=Case.Channel.EMAIL if given["email"] else Case.Channel.TELEPHONE,
        narrative=given["text"].strip(),
        is_marked_abuse=origin.is_past_rate,
        privacy_notice_id=origin.privacy_notice_id,
        raw_id=origin.raw_id,
        token=token.secret,
        team=line.team,
    )

    def also(case: Case) -> list[rows.Statement]:
        noted = attempts.noting(Attempt.What.SUBMISSION, origin.address, at=at)
        return [noted, *(holding.becoming(held, case.pk) if held else [])]

    try:
        with viewing(the_house(line.entity_id)):
            case = receive(submission, at=at, also=also).case
            promise_call(
                case,
                line=line,
                number=given["number"],
                wished_at=form.wished_at,
                by=COMPLAINANT,
                at=at,
            )
            return case
    except IntegrityError:
        with viewing(the_house(line.entity_id)):
            before = RawMessage.objects.select_related("case__entity").get(token=token.secret)
        if before.case is None:
            raise
        return before.case
