"""What the tests of letters stand on: a house with its wordings, a filed case, a mail server."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext
from typing import Any

from aiosmtpd.controller import Controller

from valedor.casefile import store
from valedor.casefile.models import Case, Entry, Kind, Letter, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email.conversations import of_this_process
from valedor.intake.actions.receive import Registration, receive
from valedor.intake.submission import KeptFile, PersonGiven, RefusedFile, Submission
from valedor.people.models import ContactPoint, Entity, Organisation, Team
from valedor.procedures.letter_templates import publish_shipped
from valedor.procedures.publishing import publish_packs

FILED_AT = datetime(2026, 11, 20, 8, 14, tzinfo=UTC)
ANA = PersonGiven(name="Ana Pérez Solà", email="ana@example.org")
NARRATIVE = "M'heu cobrat dues vegades la factura d'octubre.\n\nVull que em torneu els diners."


def a_house() -> Entity:
    """An entity of the water trade in Barcelona, with packs and letters published."""
    if not Organisation.objects.exists():
        Organisation.objects.create(name="Grup Besòs")
    publish_packs(at=FILED_AT)
    publish_shipped(FILED_AT)
    entity = Entity.objects.create(
        key="besos",
        name="Aigües del Besòs",
        country="ES",
        region="ES-CT",
        timezone="Europe/Madrid",
        languages=["ca", "es", "en", "pt-br"],
        default_language="ca",
        regimes=["es-lsac-2025", "iso-10002"],
        promised_regimes=["es-lsac-2025"],
        facts={"basic_service": True},
        postal_address="Carrer de la Font, 1\n08930 Sant Adrià de Besòs",
        telephone="900 123 456",
        opening_hours={"ca": "de 8 a 20 h"},
    )
    team = Team.objects.create(key="atencio", name={"ca": "Atenció"})
    team.entities.add(entity)
    return entity


def a_case(
    entity: Entity | None = None, *, person: PersonGiven = ANA, language: str = "ca", **said: Any
) -> Registration:
    """A complaint filed through the form, with a raw message, a document and a refused file."""
    entity = entity or a_house()
    raw = RawMessage(
        entity=entity,
        channel=Case.Channel.WEB_FORM,
        media_type="application/x-www-form-urlencoded",
        content=b"narrative=M%27heu+cobrat",
        received_at=FILED_AT,
    )
    sha256, size = store.keep(b"a bill")
    with viewing(the_house(entity)):
        raw.save(force_insert=True)
        return receive(
            Submission(
                **{
                    "entity_id": entity.pk,
                    "kind": Kind.COMPLAINT,
                    "channel": Case.Channel.WEB_FORM,
                    "language": language,
                    "received_at": FILED_AT,
                    "person": person,
                    "narrative": NARRATIVE,
                    "grievances": ("Doble cobrament",),
                    "remedy_sought": "Devolució de 43,20 €",
                    "documents": (
                        KeptFile(
                            name="factura.txt",
                            media_type="text/plain",
                            claimed_type="text/plain",
                            size=size,
                            sha256=sha256,
                        ),
                    ),
                    "refused": (RefusedFile(name="film.mov", size=10**9, reason="too_large"),),
                    "raw_id": raw.pk,
                    **said,
                }
            ),
            at=FILED_AT,
        )


def letter_now(letter: Letter | None) -> Letter:
    """The letter as the database has it."""
    assert letter is not None
    with viewing(the_house()):
        return Letter.objects.get(pk=letter.pk)


def part_of(message: EmailMessage, kind: str) -> str:
    """The plain or the HTML text of a message."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def address_of(letter: Letter) -> ContactPoint:
    """Where a letter goes, as the database has it."""
    assert letter.contact_point_id is not None
    return ContactPoint.objects.get(pk=letter.contact_point_id)


def lines_of(case: Case) -> list[str]:
    """The kinds of a case's entries, in order."""
    with viewing(the_house()):
        return list(
            Entry.objects.filter(case=case.pk).order_by("sequence").values_list("kind", flat=True)
        )


@dataclass
class PostRoom:
    """A mail server on loopback. ``answers`` are given in turn, ``250`` when none is left.

    ``drop`` takes the message and ends the connection without a word; ``hang up`` ends it before.
    """

    port: int = 0
    scheme: str = "smtp"
    options: str = ""
    greetings: int = 0  # One a connection, two where TLS begins in the middle.
    to_address: list[str] = field(default_factory=list)
    to_content: list[str] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{self.options}"

    async def handle_EHLO(  # noqa: N802 -- the server's library calls it so
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.greetings += 1
        return responses

    async def handle_RCPT(  # noqa: N802 -- the server's library calls it so
        self, server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        answer = self.to_address.pop(0) if self.to_address else "250 OK"
        if answer == "hang up":
            server.transport.abort()
        elif answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer if answer != "hang up" else "421 gone"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.to_content.pop(0) if self.to_content else "250 taken"
        if answer.startswith("250") or answer == "drop":
            self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.messages.append(message)
        if answer == "drop":
            server.transport.abort()
            return "421 gone"
        return answer


@contextmanager
def a_post_room(
    *, smtps: SSLContext | None = None, starttls: SSLContext | None = None
) -> Iterator[PostRoom]:
    """A mail server that listens while the block runs; with TLS where a context is given."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    room = PostRoom(
        port=port,
        scheme="smtps" if smtps else "smtp",
        options="?starttls=1" if starttls else "",
    )
    controller = Controller(
        room,
        hostname="127.0.0.1",
        port=port,
        enable_SMTPUTF8=True,
        ssl_context=smtps,
        tls_context=starttls,
        require_starttls=starttls is not None,
    )
    controller.start()
    try:
        yield room
    finally:
        of_this_process.end_all()
        controller.stop()
