"""A mail server that does what a test tells it to: takes mails, refuses, hangs, hangs up; over TLS if it is to."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.support.certificates import certified


@dataclass
class MailHost:
    """What it was told, and what it has taken."""

    port: int = 0
    to_recipient: str = "250 fine"
    to_sender: str = "250 fine"
    after_data: str = "250 taken"
    offers_tls: bool = False
    hangs: bool = False
    hangs_up_after_taking: bool = False
    """It has taken the mail and says nothing more: the other side can't know."""
    taken: list[bytes] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    tls: ssl.SSLContext | None = None

    def mails(self) -> list[EmailMessage]:
        """What it has taken, read by the standard library."""
        return [message_from_bytes(each, policy=default) for each in self.taken]  # type: ignore[misc]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation."""
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(*lines: str) -> None:
            writer.write("".join(f"{line}\r\n" for line in lines).encode())
            await writer.drain()

        if self.hangs:
            await asyncio.sleep(60)
        await say("220 mail.example")
        is_sealed = False
        while line := (await reader.readline()).decode().strip():
            self.heard.append(line)
            word = line.split(" ", 1)[0].split(":", 1)[0].upper()
            if word == "EHLO":
                more = [] if is_sealed or not self.offers_tls else ["250-STARTTLS"]
                await say("250-mail.example", *more, "250 8BITMIME")
            elif word == "STARTTLS":
                await say("220 go on")
                assert self.tls is not None
                await writer.start_tls(self.tls)
                is_sealed = True
            elif word == "MAIL":
                await say(self.to_sender)
            elif word == "RCPT":
                await say(self.to_recipient)
            elif word == "DATA":
                await say("354 go on")
                body = await reader.readuntil(b"\r\n.\r\n")
                if self.after_data.startswith("2"):
                    self.taken.append(body[:-3].replace(b"\r\n..", b"\r\n."))
                if self.hangs_up_after_taking:
                    return
                await say(self.after_data)
            elif word == "QUIT":
                await say("221 bye")
                return
            else:
                await say("250 fine")


@asynccontextmanager
async def mail_host(folder: Path | None = None, **told: object) -> AsyncIterator[MailHost]:
    """A server on this machine; with a folder, one that offers TLS, its certificate being there (`localhost.pem`)."""
    host = MailHost(**told)  # type: ignore[arg-type]
    if folder is not None:
        host.offers_tls, (host.tls, _) = True, certified("localhost", folder)
    server = await asyncio.start_server(host.talk, "127.0.0.1", 0)
    host.port = server.sockets[0].getsockname()[1]
    try:
        yield host
    finally:
        server.close()
