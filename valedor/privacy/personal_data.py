"""Which columns of privacy are personal."""

from valedor.foundation.personal import Columns, of_the_case

COLUMNS: Columns = {
    "LegalHold.reason": of_the_case("why the case must be kept whole"),
    "LegalHold.lifting_reason": of_the_case("why it need not any more"),
}
