"""Mail by SMTP, over TLS; one connection for each letter, and no waiting longer than a while."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Literal

import aiosmtplib

from app.adapters.mail.compose import POLICY, Composer
from app.domain.people.contact import ContactKind
from app.services.ports.carrier import Letter, NotNow, RefusedForGood

SECONDS = 20.0
"""For each step of the conversation with a server; all of it stays under the first pause (`domain.messages.message`)."""
Tls = Literal["starttls", "implicit", "none"]
log = logging.getLogger("verksted.mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A server that takes mails for others."""

    host: str
    port: int
    tls: Tls
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """See `services.ports.carrier.Carrier`. A server's words are never logged: an address may stand in them."""

    server: MailServer
    composer: Composer
    clock: Callable[[], datetime]
    seconds: float = SECONDS

    @property
    def by(self) -> ContactKind:
        return ContactKind.EMAIL

    async def carry(self, letter: Letter) -> None:
        mail = self.composer.mail(letter, self.clock())
        client = aiosmtplib.SMTP(
            hostname=self.server.host,
            port=self.server.port,
            username=self.server.user,
            password=self.server.password,
            use_tls=self.server.tls == "implicit",
            start_tls=self.server.tls == "starttls",
            timeout=self.seconds,
            local_hostname=self.composer.domain,  # the machine's own name is nobody's business
        )
        try:
            async with client:
                await self._hand_over(client, mail, letter.address)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            log.warning("mail: %s", type(error).__name__)
            raise NotNow from None

    async def _hand_over(self, client: aiosmtplib.SMTP, mail: EmailMessage, address: str) -> None:
        # Written by us and not by the library, which would fold the address of turning off into what nobody reads.
        options = [] if address.isascii() else ["SMTPUTF8"]
        written = mail.as_bytes(policy=POLICY.clone(utf8=bool(options)))
        if options and not client.supports_extension("smtputf8"):
            log.info("mail: an address in letters that the server can't write")
            raise RefusedForGood
        try:
            await client.sendmail(self.composer.sender_address, [address], written, mail_options=options)
        except aiosmtplib.SMTPRecipientsRefused as error:
            if all(500 <= each.code < 600 for each in error.recipients):
                log.info("mail: refused for good")
                raise RefusedForGood from None
            raise
