"""Which columns of emergencies and incidents are personal."""

from valedor.foundation.personal import (
    CODE,
    OF_THE_HOUSE,
    Columns,
    Goes,
    Personal,
    of_staff,
    of_the_case,
)

COLUMNS: Columns = {
    "DutyTurn.day": CODE,
    "DutyChange.note": of_staff("a note for colleagues about a change of duty"),
    "CallOut.state": CODE,
    "CallOutCall.trouble": of_staff("what a carrier said of a call to somebody"),
    "Incident.title": OF_THE_HOUSE,
    "Incident.words": OF_THE_HOUSE,
    "Incident.places": OF_THE_HOUSE,
    "IncidentLine.what": CODE,
    "IncidentLine.words": OF_THE_HOUSE,
    "Membership.state": CODE,
    "Membership.signs": CODE,
    "Membership.reason": of_the_case("why a case left an incident"),
    "CollectiveAnswer.words": OF_THE_HOUSE,
    "NoticeSent.state": CODE,
    "NoticeSent.trouble": Personal(
        "what a carrier said of a notice to somebody", "as long as the person", Goes.PERSON
    ),
    "AnswerPart.state": CODE,
    "AnswerPart.why": CODE,
}
