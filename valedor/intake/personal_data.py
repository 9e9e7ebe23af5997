"""Which columns of intake are personal: what waits between two steps, and rows that became no
case.
"""

from valedor.foundation.personal import CODE, Columns, Goes, Impersonal, Personal

_HELD = "until the form is sent, or the time to finish it is over"
_REJECTED = "until somebody has seen to the row"

COLUMNS: Columns = {
    "HeldSubmission.raws": Impersonal("ids"),
    "HeldFile.name": Personal("the name of a file", _HELD, Goes.EXPIRES),
    "HeldFile.claimed_type": CODE,
    "HeldFile.media_type": CODE,
    "HeldFile.sha256": Personal("the digest of a file", _HELD, Goes.EXPIRES),
    "HeldFile.refused": CODE,
    "Attempt.what": CODE,
    "Attempt.address_digest": Personal("the keyed digest of an address", "a day", Goes.EXPIRES),
    "Attempt.reference": Impersonal("the public number of a case"),
    "ImportedFile.mapping": CODE,
    "ImportedFile.source": CODE,
    "ImportedFile.name": Impersonal("the name of a file of the organisation's own"),
    "ImportedFile.sha256": Impersonal("the digest of a file of many rows"),
    "ImportReject.content": Personal("a row as it came", _REJECTED, Goes.EXPIRES),
    "ImportReject.reason": Personal("why, which may quote the row", _REJECTED, Goes.EXPIRES),
}
