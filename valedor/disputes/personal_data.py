"""Which columns of disputes are personal."""

from valedor.foundation.personal import CODE, Columns, Impersonal, of_the_case

COLUMNS: Columns = {
    "Dossier.body": of_the_case("for whom a dossier was made, as somebody typed it"),
    "Dossier.copy": CODE,
    "Dossier.language": CODE,
    "Dossier.chosen": Impersonal("ids of documents"),
    "Dossier.state": CODE,
    "Dossier.left_out": Impersonal("numbers by reason"),
    "Referral.kind": CODE,
    "Referral.body": CODE,
    "Referral.name": of_the_case("the body before which a case is"),
    "Referral.method": CODE,
    "Referral.by_side": CODE,
    "Referral.body_reference": of_the_case("the number of a case at another body"),
    "Referral.part": CODE,
    "Referral.currency": CODE,
    "Referral.state": CODE,
    "Referral.result": CODE,
    "Referral.follows": CODE,
    "Position.side": CODE,
    "Position.text": of_the_case("what one side told a body"),
    "HearingDate.place": of_the_case("where a body hears the sides"),
    "HearingDate.state": CODE,
    "HearingDate.outcome": of_the_case("what came of a hearing"),
    "Proposal.text": of_the_case("what a mediator proposed"),
    "Proposal.company": CODE,
    "Proposal.complainant": CODE,
}
