"""Which columns about those let in are personal. Who they are lies in a record of their own, which
is erased with the case.
"""

from valedor.foundation.personal import CODE, Columns, of_the_case

COLUMNS: Columns = {
    "Participant.role": CODE,
    "Participant.organisation": of_the_case("for which association or firm somebody let in speaks"),
    "Participant.scope": CODE,
    "Participant.code_digest": of_the_case("the keyed digest of the code of somebody let in"),
    "Participant.basis": of_the_case("on what somebody speaks for the person"),
    "Participant.ending": CODE,
    "Participant.end_reason": of_the_case("why somebody was let out again"),
    "Participant.last_opened": CODE,
}
