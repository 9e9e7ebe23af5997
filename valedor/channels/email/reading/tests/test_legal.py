"""Legal messages, as the standard library writes them, come back exactly."""

from datetime import UTC, datetime, timedelta, timezone
from email.header import Header
from email.headerregistry import Address as Written
from email.message import EmailMessage, Message
from email.policy import SMTP

from hypothesis import given, settings
from hypothesis import strategies as st

from valedor.channels.email.reading import Address

from .holding import read_strictly

_GUARD = timedelta(seconds=20)
# What separates lines, and what is no letter, nobody can expect back.
_SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf", "Cn", "Co"])
_WORDS = st.text(
    st.sampled_from("abcçñáàãõüÑ·€ßжлشש請求書😀ABC0123456789.-_'"), min_size=1, max_size=20
)
TEXTS = st.lists(st.text(_SIGNS, max_size=120), min_size=1, max_size=12).map("\n".join)
PHRASES = st.lists(_WORDS, min_size=1, max_size=8).map(" ".join)
FILE_NAMES = st.text(_SIGNS.filter(lambda sign: sign not in "/\\"), min_size=1, max_size=60).filter(
    lambda name: name.strip() == name and bool(name.strip(". "))
)


def _back(text: str) -> str:
    """A text without the empty lines around it, which a message does not tell apart."""
    lines = text.split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines).rstrip()


def _message() -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = Written("Ana", "ana", "cliente.example")
    return message


@settings(max_examples=60, deadline=_GUARD)
@given(TEXTS, st.sampled_from([None, "base64", "quoted-printable"]))
def test_a_text_comes_back(text: str, encoding: str | None) -> None:
    message = _message()
    message.set_content(text, cte=encoding)
    found = read_strictly(message.as_bytes())
    assert found.text == _back(text)
    assert found.defects == ()


@settings(max_examples=60, deadline=_GUARD)
@given(
    st.text("abcdefghij áéíóúñçàèòüãõâêô.,;ABC 123\n", max_size=300),
    st.sampled_from(["iso-8859-1", "iso-8859-15", "windows-1252", "utf-8", "utf-16", "utf-7"]),
)
def test_an_old_encoding_comes_back(text: str, charset: str) -> None:
    message = _message()
    message.set_content(text.encode(charset), "text", "plain", params={"charset": charset})
    assert read_strictly(message.as_bytes()).text == _back(text)


@settings(max_examples=60, deadline=_GUARD)
@given(PHRASES)
def test_a_subject_comes_back(subject: str) -> None:
    message = Message()
    message["Subject"] = Header(subject, "utf-8", header_name="Subject").encode()
    assert read_strictly(message.as_bytes()).subject == subject


@settings(max_examples=60, deadline=_GUARD)
@given(PHRASES)
def test_a_subject_of_the_newer_interface_comes_back(subject: str) -> None:
    """Its writer loses blanks between encoded words; every letter is there."""
    message = _message()
    message["Subject"] = subject
    found = read_strictly(message.as_bytes()).subject
    assert found.replace(" ", "") == subject.replace(" ", "")


@settings(max_examples=60, deadline=_GUARD)
@given(
    st.lists(
        st.tuples(
            PHRASES
            | st.sampled_from(["", 'Pons "la gran", Ana', "Ana (Reus)", "a@b <c>", "O'Neill"]),
            st.from_regex(r"[a-z0-9+_.-]{1,30}", fullmatch=True).filter(
                lambda name: ".." not in name and name[0] != "." and name[-1] != "."
            ),
            st.sampled_from(["cliente.example", "a.b.c.example", "[192.0.2.1]"]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_names_and_addresses_come_back(people: list[tuple[str, str, str]]) -> None:
    # On one line, however long: where its writer breaks lines it loses blanks.
    message = EmailMessage(policy=SMTP.clone(max_line_length=0))
    message["To"] = [Written(name, user, domain) for name, user, domain in people]
    expected = tuple(Address(name, f"{user}@{domain}") for name, user, domain in people)
    assert read_strictly(message.as_bytes()).to == expected


@settings(max_examples=60, deadline=_GUARD)
@given(st.lists(st.tuples(FILE_NAMES, st.binary(max_size=500)), min_size=1, max_size=4), TEXTS)
def test_attachments_come_back(files: list[tuple[str, bytes]], text: str) -> None:
    message = _message()
    message.set_content(text)
    message.add_alternative("<p>x</p>", subtype="html")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    found = read_strictly(message.as_bytes())
    assert found.text == (_back(text) or "x")
    assert [(one.name, one.content) for one in found.attachments] == files
    assert {one.media_type for one in found.attachments} == {"application/pdf"}


@settings(max_examples=40, deadline=_GUARD)
@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_a_date_comes_back(moment: datetime, minutes: int) -> None:
    written = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    message = _message()
    message["Date"] = written
    found = read_strictly(message.as_bytes()).date
    assert found == written
    assert found is not None
    assert found.utcoffset() == written.utcoffset()
    assert found.astimezone(UTC) == written


def test_a_message_within_comes_back() -> None:
    inner = _message()
    inner["Subject"] = "Señal de dentro"
    inner.set_content("Dentro.\n")
    outer = _message()
    outer.set_content("Fuera.\n")
    outer.add_attachment(inner)
    (attachment,) = read_strictly(outer.as_bytes()).attachments
    assert attachment.name == "Señal de dentro.eml"
    assert attachment.message is not None
    assert attachment.message.text == "Dentro."
