"""A mail server for the measurements."""

import asyncio
from typing import Any


class Sink:
    """A real SMTP server that counts what it took, by Message-ID."""

    def __init__(self, port: int) -> None:
        from aiosmtpd.controller import Controller

        self.seen: dict[str, int] = {}
        self._controller = Controller(self, hostname="127.0.0.1", port=port)
        self._controller.start()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        import email

        await asyncio.sleep(0)
        number = str(email.message_from_bytes(envelope.content)["Message-ID"])
        self.seen[number] = self.seen.get(number, 0) + 1
        return "250 taken"

    def stop(self) -> None:
        self._controller.stop()
