"""Mail that is kept instead of sent: the demonstration's, in ``VALEDOR_HOME/mail/``."""

import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-z]{1,32}")


@dataclass(frozen=True)
class KeptMail:
    """One kept message."""

    name: str
    message: EmailMessage

    @property
    def text(self) -> str:
        """Its plain text."""
        body = self.message.get_body(("plain",))
        return str(body.get_content()) if body is not None else ""

    @property
    def language(self) -> str:
        """The language that it says it is in."""
        return str(self.message.get("Content-Language", ""))

    @property
    def headers(self) -> list[tuple[str, str]]:
        """What stands on the envelope, in its order."""
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def html(self) -> str:
        """The source of its HTML, to be shown as text."""
        body = self.message.get_body(("html",))
        return str(body.get_content()) if body is not None else ""

    @property
    def attachments(self) -> list[tuple[str, str, bytes]]:
        """Name, type and content of what goes along."""
        return [
            (
                part.get_filename() or "",
                part.get_content_type(),
                bytes(part.get_payload(decode=True) or b""),
            )
            for part in self.message.iter_attachments()
        ]


def keep(content: bytes, *, key: str, at: datetime) -> str:
    """Keep a message; what a mail server would have answered. The same key and moment once.

    Raises ``OSError`` when the disk does not take it.
    """
    folder = Path(settings.KEPT_MAIL)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder / f".{secrets.token_hex(8)}"
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / f"{at:%Y%m%dT%H%M%S}-{key}.eml")
    finally:
        part.unlink(missing_ok=True)
    return "250 kept in the demonstration's mail"


def newest(limit: int = 200) -> list[KeptMail]:
    """The newest messages, the last first."""
    folder = Path(settings.KEPT_MAIL)
    names = sorted((path.stem for path in folder.glob("*.eml")), reverse=True)[:limit]
    return [mail for mail in map(read, names) if mail is not None]


def read(name: str) -> KeptMail | None:
    """One message by its name; nothing where there is none."""
    if not _NAME.fullmatch(name):
        return None
    try:
        content = (Path(settings.KEPT_MAIL) / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    return KeptMail(name, message_from_bytes(content, policy=policy.default))
