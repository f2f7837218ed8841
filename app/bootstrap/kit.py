"""What use cases are wired from: the adapters behind their ports."""

from dataclasses import dataclass

from app.adapters.ballot_box import HpkeEnvelopes, KeyDirectory
from app.adapters.calendar import LibraryHolidays
from app.adapters.postgres.people import PostgresPersonal
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.vault import AesVault
from app.adapters.words import ContentWords
from app.services.admission.count_ballot import CountBallot
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
    holidays: LibraryHolidays
    vault: AesVault
