"""Sending messages to people, wired."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.adapters.chance import SystemChance
from app.adapters.keys.vault import KeyVault
from app.adapters.mail.catcher import MailCatcher
from app.adapters.mail.compose import Composer
from app.adapters.postgres.repositories.message_desks import PostgresDesks
from app.adapters.postgres.transact import PostgresTransact
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.postgres.work import Shift
from app.adapters.words import ContentWords
from app.api.shared.cursors import CursorCodec
from app.api.shared.message_addresses import MessageAddresses
from app.bootstrap.derived import derived, secrets_of
from app.domain.shared.ids import OrganisationId
from app.services.messages.ports import Addresses
from app.services.messages.send_due_messages import SendDueMessages
from app.services.messages.tell_one import LOOKS_EVERY, TellOne
from app.services.people.gather_occasions import GatherOccasions
from app.services.ports.carrier import Carrier
from app.settings import Settings


def composer(settings: Settings) -> Composer:
    """What writes mails."""
    return Composer(ContentWords(), settings.mail_from)


def catcher(settings: Settings) -> MailCatcher | None:
    """Where mails go that go nowhere; None where a server takes them, and always in production."""
    if settings.environment == "production" or settings.mail_host is not None:
        return None
    return MailCatcher(settings.caught_mail)


def carrier(settings: Settings) -> Carrier | None:
    """What carries messages; None where nothing does."""
    if settings.mail_host is None:
        return catcher(settings)
    from app.adapters.mail.smtp import MailServer, SmtpCarrier  # its library, where mail is sent

    password = settings.mail_password
    server = MailServer(
        host=settings.mail_host,
        port=settings.mail_port,
        tls=settings.mail_tls,
        user=settings.mail_user,
        password=None if password is None else password.get_secret_value(),
    )
    return SmtpCarrier(server, composer(settings), lambda: datetime.now(UTC))


def message_addresses(settings: Settings) -> MessageAddresses:
    """What writes the addresses that stand in messages; the newest secret seals, and all of them open."""
    return MessageAddresses(
        [CursorCodec(derived(each, "message addresses")) for each in secrets_of(settings)],
        settings.base_url.rstrip("/"),
        settings.message_link,
        {OrganisationId(each): link for each, link in settings.mail_links.items()},
    )


def sending_messages(
    transact: PostgresTransact[PostgresUnitOfWork],
    pool: Any,
    worker: Any,
    addresses: Addresses,
    vault: KeyVault,
    settings: Settings,
    shift: Shift,
) -> SendDueMessages | None:
    """The use case that sends what is due; None where nothing carries it. Whoever develops needn't wait for it."""
    carried_by = carrier(settings)
    if carried_by is None:
        return None
    every = timedelta(seconds=15) if settings.environment == "development" else LOOKS_EVERY
    tell = TellOne(transact, GatherOccasions(transact), carried_by, addresses, vault, every)
    return SendDueMessages(PostgresDesks(pool, worker, SystemChance(), shift), tell)
