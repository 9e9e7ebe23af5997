"""What was promised is done, with its proof, and the person is told."""

from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Document
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.alarms import settle_alarms
from valedor.handling.facts import RedressCarriedOut
from valedor.handling.models import Alarm, Redress
from valedor.handling.queries import case_state
from valedor.handling.redress_words import in_words, told
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def carry_out_redress(
    case: Case,
    *,
    redress: Redress,
    by: By,
    at: datetime,
    proof: Document | None = None,
    proof_text: str = "",
) -> Redress:
    """``proof`` is a document of the case, ``proof_text`` its reference in words.

    Raises ``Refused``.
    """
    case = locked(case)
    redress = Redress.objects.select_related("deadline").get(pk=redress.pk, case=case)
    state = case_state(case)
    own_proof = Document.objects.filter(case=case, pk=proof.pk).first() if proof else None
    refuse_if(
        rules.why_not_carry_out_redress(
            state,
            viewer_for(case, by),
            redress,
            proved=own_proof is not None or bool(proof_text.strip()),
        )
    )
    redress.state, redress.carried_out_at = Redress.State.CARRIED_OUT, at
    redress.carried_out_by, redress.proof, redress.proof_text = by.account, own_proof, proof_text
    redress.save(update_fields=["state", "carried_out_at", "carried_out_by", "proof", "proof_text"])
    if redress.deadline is not None:
        limits.meet(case, "carry_out_redress", by=by, at=at, only=redress.deadline)
    settle_alarms(case, Alarm.Cause.REDRESS_LATE, at=at)
    proofs = [proof_text.strip(), own_proof.name if own_proof else ""]
    letter = outgoing.send(
        state,
        "redress_carried_out",
        {
            "what": in_words(redress, state.house, case.language),
            "done_on": outgoing.day(at, state.house, case.language),
            "proof": ", ".join(one for one in proofs if one),
        },
        by=by,
        at=at,
    )
    entry = timeline.record(
        case,
        RedressCarriedOut(**told(redress), proof=own_proof.pk if own_proof else None),
        by=by,
        at=at,
        body=proof_text,
    )
    outgoing.keep_message(case, entry, letter, at=at)
    return redress
