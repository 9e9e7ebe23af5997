"""Which columns of intake are personal: what waits between two steps, and rows that became no
case.
"""

from valedor.foundation.personal import CODE, Columns, Goes, Impersonal, Personal, of_the_case

_HELD = "until the form is sent, or the time to finish it is over"
_SET_ASIDE = "as long as the message that was set aside"

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
    "ImportedFile.header": Impersonal("the first line of a file: the names of its columns"),
    "ImportedFile.mapping_text": Impersonal("which column is what"),
    # A row that was corrected goes with the case that it became.
    "ImportReject.content": of_the_case("a row as it came"),
    "ImportReject.reason": of_the_case("why it became no case, which may quote the row"),
    "ImportReject.reason_values": of_the_case("what fills the reason, out of the row"),
    "ImportReject.settled_reason": of_the_case("why it was set aside"),
    "SetAside.reason": Personal("why a message became nothing", _SET_ASIDE, Goes.EXPIRES),
}
