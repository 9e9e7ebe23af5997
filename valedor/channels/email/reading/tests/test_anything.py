"""Any bytes at all: reading never fails, and what comes out can be stored and shown."""

import logging
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from valedor.channels.email.reading import read, reading

from .holding import read_strictly

# A guard against running without end, on a machine that has much else to do.
_GUARD = timedelta(seconds=20)

_HEADERS = st.sampled_from(
    [b"From: ", b"To: ", b"Subject: ", b"Date: ", b"Message-ID: ", b"References: ", b"Cc: ",
     b"Content-Type: ", b"Content-Transfer-Encoding: ", b"Content-Disposition: ", b"Return-Path: ",
     b"Content-ID: ", b"Auto-Submitted: ", b"X-Failed-Recipients: ", b"MIME-Version: "]
)  # fmt: skip
_PIECES = st.sampled_from(
    [b"\n", b"\r\n", b"\r", b"\n\n", b" ", b"\t", b"; ", b"\"", b"<", b">", b"(", b")", b",", b":",
     b"\\", b"=", b"\0", b"\xff\xfe", b"\xe1", b"\xc3\xa1", b"\xc3", b"\x1b$B", b"+AGE-", b"+2AA-",
     b"multipart/mixed; boundary=b", b"multipart/alternative; boundary=\"b\"",
     b"multipart/report; report-type=delivery-status; boundary=b", b"multipart/signed; boundary=b",
     b"multipart/digest; boundary=b", b"text/plain", b"text/html", b"message/rfc822",
     b"message/delivery-status", b"message/disposition-notification", b"application/ms-tnef",
     b"application/pkcs7-mime; smime-type=signed-data", b"text/calendar", b"image/png",
     b"; charset=utf-7", b"; charset=utf-16", b"; charset=koi8-r", b"; charset=punycode",
     b"; format=flowed; delsp=yes", b"attachment; filename=", b"; filename*0*=utf-8''%e2",
     b"; filename*1=%80", b"base64", b"quoted-printable", b"x-uuencode", b"\n--b\n", b"\n--b--\n",
     b"=?utf-8?Q?=C3?=", b"=?utf-8?B?w6E=?=", b"=?utf-7?Q?+2AA-?=", b"=?", b"?=", b"=\n", b"QUJD",
     b"begin 644 x\n", b"#0V%T\n", b"end\n", b"<p>", b"<b>", b"</", b"<!--", b"<table><tr><td>",
     b"<blockquote>", b"<a href='http://x'>", b"<img src=cid:x>",
     b"<img src='data:image/png;base64,", b"> ",
     "El 3 nov, a les 10:12, x@x escribió:\n".encode(), b"-- \n",
     b"De: a@b\nEnviado: 3\nPara: x\nAsunto: y\n", b"Final-Recipient: rfc822;a@b\nAction: failed\n",
     b"MAILER-DAEMON@x", b"Mon, 3 Nov 2025 10:12:00 +0100", b"Mon, 31 Feb 9999 99:99 +9999",
     b"\x78\x9f\x3e\x22\0\0", b"\x02\x02\x90\x06\0\0\0\0\0\0\0", b"\x01\x03\x90\x06\0\x40\0\0\0",
     b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80",
     b"-----BEGIN PGP MESSAGE-----\n", b"BEGIN:VEVENT\nSUMMARY:x\nDTSTART:20251103T101010Z\n",
     b"delivery failed 550 5.1.1 a@b.example"]
)  # fmt: skip
SOUP = st.lists(_HEADERS | _PIECES | _PIECES | st.binary(max_size=6), max_size=80).map(b"".join)


@settings(max_examples=100, deadline=_GUARD, suppress_health_check=[HealthCheck.too_slow])
@given(SOUP)
def test_pieces_of_mail_in_any_order_are_read(content: bytes) -> None:
    read_strictly(content)


@settings(max_examples=50, deadline=_GUARD)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read(content: bytes) -> None:
    read_strictly(content)


@settings(max_examples=80, deadline=_GUARD)
@given(
    st.sampled_from(["text/plain", "text/html", "text/calendar", "application/ms-tnef",
                     "application/pkcs7-mime", "message/rfc822", "message/delivery-status"]),
    st.sampled_from(["7bit", "base64", "quoted-printable", "x-uuencode"]),
    st.sampled_from(["utf-8", "utf-7", "utf-16", "utf-32", "iso-2022-jp", "gb18030", "hz", "cp932",
                     "euc-kr", "koi8-r", "unknown", "rot13", "idna", "", "x" * 300]),
    st.binary(max_size=400),
)  # fmt: skip
def test_any_content_of_any_kind_is_read(
    media_type: str, encoding: str, charset: str, content: bytes
) -> None:
    head = (
        f"From: a@b.example\nContent-Type: {media_type}; charset={charset}\n"
        f"Content-Transfer-Encoding: {encoding}\n\n"
    )
    read_strictly(head.encode() + content)


def test_a_failure_of_ours_keeps_the_message(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_arguments: object) -> None:
        raise RecursionError

    monkeypatch.setattr(reading, "read_within", broken)
    with caplog.at_level(logging.CRITICAL):
        message = read(b"From: a@b.example\n\nHola")
    assert [attachment.content for attachment in message.attachments] == [
        b"From: a@b.example\n\nHola"
    ]
    assert [defect.code for defect in message.defects] == ["unread"]
