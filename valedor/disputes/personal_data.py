"""Which columns of disputes are personal."""

from valedor.foundation.personal import CODE, Columns, Impersonal, of_the_case

COLUMNS: Columns = {
    "Dossier.body": of_the_case("for whom a dossier was made, as somebody typed it"),
    "Dossier.copy": CODE,
    "Dossier.language": CODE,
    "Dossier.chosen": Impersonal("ids of documents"),
    "Dossier.state": CODE,
    "Dossier.left_out": Impersonal("numbers by reason"),
}
