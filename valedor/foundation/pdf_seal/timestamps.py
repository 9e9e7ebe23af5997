"""Time stamps of a service as RFC 3161 has them: proof of a seal's moment that outlasts its
certificate (PAdES B-T, ETSI EN 319 142-1).
"""

import http.client
import urllib.error
import urllib.request

from asn1crypto import cms, tsp
from cryptography import x509
from pyhanko.sign.timestamps import TimeStamper

from valedor.foundation.pdf_seal.certificates import chain_of

PATIENCE = 10  # Seconds.
_HEAVIEST = 64 * 1024


class NoTimestamp(Exception):
    """The service did not give one. The message says why."""


class TimestampService(TimeStamper):
    """A service at an address, asked by HTTP (RFC 3161, 3.4)."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """What it answers. Raises ``NoTimestamp``."""
        if not self.url.startswith(("http://", "https://")):
            raise NoTimestamp("TIMESTAMP_URL is no address of http or https.")
        asked = urllib.request.Request(  # noqa: S310 -- checked above
            self.url,
            data=req.dump(),
            headers={
                "Content-Type": "application/timestamp-query",
                "Accept": "application/timestamp-reply",
            },
        )
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310
                said = answer.read(_HEAVIEST + 1)
            response: tsp.TimeStampResp = tsp.TimeStampResp.load(said)
            response.native  # noqa: B018 -- all of it is read here, where a fault can be told
        except (OSError, http.client.HTTPException) as error:
            raise NoTimestamp(f"The time-stamp service does not answer: {error}") from error
        except (ValueError, TypeError) as error:
            raise NoTimestamp("The time-stamp service answers something else.") from error
        return response

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A token, without those certificates that nothing in it vouches for."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
        except OSError as error:
            raise NoTimestamp(f"The time-stamp service refuses: {error}") from error
        return _with_certificates_that_hold(token)


def _with_certificates_that_hold(token: cms.ContentInfo) -> cms.ContentInfo:
    """The certificates of a token are not signed with it: one that no other in it has signed could
    be changed unseen. Only the service's own, which the token names by its digest, needs no other.
    """
    signed = token["content"]
    every = {one.chosen.dump(): one.chosen for one in signed["certificates"]}
    serial = signed["signer_infos"][0]["sid"].chosen["serial_number"].native
    own = next(one for one in every.values() if one.serial_number == serial)
    others = [x509.load_der_x509_certificate(der) for der in every if der != own.dump()]
    kept = {own.dump()} | {
        _der(one) for one in chain_of(x509.load_der_x509_certificate(own.dump()), others)
    }
    signed["certificates"] = cms.CertificateSet(
        [cms.CertificateChoices(name="certificate", value=every[der]) for der in sorted(kept)]
    )
    return token


def _der(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)
