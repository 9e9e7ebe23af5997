"""What Twilio Voice is answered when it asks what to do with a call: what to say, then where to go
on. Pure.

A call whose number asks us first goes on at the address ``then``, which the house names in its own
settings at Twilio: what we answer never ends a call.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from valedor.channels.telephone.first_words import FirstWords

MEDIA_TYPE = "text/xml"
_VOICES = {"es": "es-ES", "ca": "ca-ES", "en": "en-GB"}
"""Twilio's voices have the region too."""


def is_address(then: str) -> bool:
    """Whether a call can go on there."""
    try:
        parts = urlsplit(then)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.netloc) and then.isprintable()


def answer(words: Sequence[FirstWords], then: str) -> bytes:
    """Say what surely concerns the caller, then go on."""
    response = Element("Response")
    for one in words:
        if one.sure:
            voice = _VOICES.get(one.language, one.language)
            said = "".join(sign if sign.isprintable() else " " for sign in one.text)
            SubElement(response, "Say", language=voice).text = said
    SubElement(response, "Redirect", method="POST").text = then
    told: bytes = tostring(response, encoding="utf-8", xml_declaration=True)
    return told
