"""Which columns of the bodies are personal: none, they are public offices."""

from valedor.foundation.personal import CODE, OF_THE_HOUSE, Columns, Impersonal

_PUBLIC = Impersonal("what a public body or a dispute resolver publishes of itself")

COLUMNS: Columns = {
    "Body.key": CODE,
    "Body.kind": CODE,
    "Body.name": _PUBLIC,
    "Body.country": CODE,
    "Body.place": CODE,
    "Body.municipality": _PUBLIC,
    "Body.sectors": CODE,
    "Body.currency": CODE,
    "Body.method": CODE,
    "Body.decides": _PUBLIC,
    "Body.costs": CODE,
    "Body.binds": CODE,
    "Body.languages": CODE,
    "Body.address": _PUBLIC,
    "Body.email": _PUBLIC,
    "Body.telephone": _PUBLIC,
    "Body.form_url": _PUBLIC,
    "Body.how_to_file": _PUBLIC,
    "Body.source": _PUBLIC,
    "Adhesion.body": CODE,
    "Adhesion.subjects": OF_THE_HOUSE,
    "Adhesion.currency": CODE,
}
