"""Which columns of the tokens of programs are personal."""

from valedor.foundation.personal import CODE, DIGEST, Columns, Impersonal

COLUMNS: Columns = {
    "ApiToken.name": Impersonal("the name that an administrator gave a program"),
    "ApiToken.scopes": CODE,
    "ApiToken.digest": DIGEST,
}
