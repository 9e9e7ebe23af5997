"""No column of the procedures is personal: the law, and what the organisation publishes."""

from valedor.foundation.personal import CODE, OF_THE_HOUSE, Columns

COLUMNS: Columns = {
    "ProcedureVersion.key": CODE,
    "ProcedureVersion.version": CODE,
    "ProcedureVersion.content": OF_THE_HOUSE,
    "Area.key": CODE,
    "Area.name": OF_THE_HOUSE,
    "Category.key": CODE,
    "Category.name": OF_THE_HOUSE,
    "Category.facts": CODE,
    "InternalTarget.name": OF_THE_HOUSE,
    "InternalTarget.meets": CODE,
    "InternalTarget.kinds": CODE,
    "InternalTarget.unit": CODE,
    "LetterTemplate.key": CODE,
    "LetterTemplate.subject": OF_THE_HOUSE,
    "LetterTemplate.body": OF_THE_HOUSE,
    "LetterTemplate.contents": CODE,
    "RedressOption.key": CODE,
    "RedressOption.name": OF_THE_HOUSE,
    "AuthorityLimit.role": CODE,
    "AuthorityLimit.currency": CODE,
    "PrivacyNotice.text": OF_THE_HOUSE,
}
