"""What use cases are wired from: the adapters behind their ports."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from app.adapters.ballot_box import HpkeEnvelopes, KeyDirectory
from app.adapters.calendar import LibraryHolidays
from app.adapters.consent_words import ContentConsents
from app.adapters.keys.files import KeyFiles
from app.adapters.keys.vault import KeyVault
from app.adapters.postgres.people import PostgresPersonal
from app.adapters.postgres.repositories.calendars import PostgresCalendarKeys
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.webhook_secrets import SealedSecrets
from app.adapters.words import ContentWords
from app.domain.events.addresses import Addresses as PublicAddresses
from app.services.admission.count_ballot import CountBallot
from app.services.events.ports import FeedPositions
from app.services.keeping.erasing import Erase
from app.services.messages.ports import Addresses
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """One of each."""

    transact: Transact[PostgresUnitOfWork]
    personal: PostgresPersonal
    keys: KeyDirectory
    envelopes: HpkeEnvelopes
    count: CountBallot
    words: ContentWords
    consents: ContentConsents
    holidays: LibraryHolidays
    vault: KeyVault
    person_keys: KeyFiles
    erase: Erase
    feed_positions: FeedPositions
    calendar_keys: PostgresCalendarKeys
    calendar_address: Callable[[str], str]
    message_addresses: Addresses
    webhook_secrets: SealedSecrets
    webhook_addresses: PublicAddresses
    issuers: Collection[str]
