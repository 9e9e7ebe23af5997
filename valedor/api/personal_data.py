"""Which columns of the interface for programs are personal."""

from valedor.foundation.personal import CODE, DIGEST, Columns, Goes, Personal

_WEEK = "seven days, so that a repeated request gets the same answer"

COLUMNS: Columns = {
    "GivenAnswer.endpoint": CODE,
    "GivenAnswer.key_digest": DIGEST,
    "GivenAnswer.request_digest": DIGEST,
    "GivenAnswer.answer": Personal(
        "an answer, encrypted under a key that only the asking program has", _WEEK, Goes.EXPIRES
    ),
}
