"""The composition root: settings → adapters → use cases. The one room that knows both sides."""

import base64
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import httpcore
from cryptography.fernet import Fernet, MultiFernet

from app.adapters.calendar import LibraryHolidays
from app.adapters.chance import SystemChance
from app.adapters.consent_words import ContentConsents
from app.adapters.erasure_ledger import LedgerDirectory
from app.adapters.identity.dev_issuer import DevIssuer
from app.adapters.identity.profiles import PROFILES
from app.adapters.keys import guard
from app.adapters.keys.files import KeyFiles
from app.adapters.keys.keysets import warm
from app.adapters.keys.vault import KeyVault
from app.adapters.postgres.attempts import PostgresAttempts
from app.adapters.postgres.bell import Bell
from app.adapters.postgres.erasing import PATIENCE, PostgresErasures
from app.adapters.postgres.idempotency import Memory
from app.adapters.postgres.listening import Listening
from app.adapters.postgres.people import PostgresLogins, PostgresPersonal
from app.adapters.postgres.pool import open_pool
from app.adapters.postgres.proofs import PostgresProofs
from app.adapters.postgres.repositories.calendars import PostgresCalendarKeys
from app.adapters.postgres.repositories.counting import PostgresCounting
from app.adapters.postgres.retaining import PostgresRetention
from app.adapters.postgres.retention_rules import PURGED
from app.adapters.postgres.roles import RoleUrls, completed_urls, refuse_unsafe, role_urls
from app.adapters.postgres.schema_level import is_at_level
from app.adapters.postgres.statements import compile_all
from app.adapters.postgres.transact import PostgresTransact
from app.adapters.postgres.turns import PostgresTurns
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.postgres.work import Shift, no_shift
from app.adapters.words import ContentWords
from app.api.shared.cursors import CursorCodec, SealedPositions
from app.api.shared.even import Even
from app.api.shared.free_documents import Freely, free_documents
from app.api.shared.limits import Limits
from app.api.shared.ways import Ways
from app.bootstrap.delivering import delivering, open_connections
from app.bootstrap.derived import derived
from app.bootstrap.duties import duties
from app.bootstrap.features import all_services
from app.bootstrap.identity import asking_issuers, names_of_issuers, verifier
from app.bootstrap.keys import (
    ballot_box,
    earlier_vault,
    news_seals,
    person_keys,
    webhook_secrets,
    wrapping,
)
from app.bootstrap.kit import Kit
from app.bootstrap.mail import message_addresses, sending_messages
from app.bootstrap.quotas import quotas
from app.content.texts import Texts
from app.domain.events.addresses import Addresses
from app.services.admission.count_ballot import CountBallot
from app.services.admission.count_due import CountDueBallots
from app.services.admission.sweep_keys import SweepKeys
from app.services.intake.purge import Purge
from app.services.keeping.erasing import Erase
from app.services.keeping.retaining import Retain
from app.services.messages.send_due_messages import SendDueMessages
from app.services.organisations.found_national_body import FoundNationalBody
from app.services.ports.duty import Duty, Turns
from app.settings import Settings

if TYPE_CHECKING:
    import httpx

AUDIENCE = "verksted"
DEV_ISSUER = "http://127.0.0.1/dev-issuer"
"""The development issuer's name; it lives in the process, and nobody fetches anything from there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A service with its pools open."""

    ways: Ways
    count: CountBallot
    sweep: SweepKeys
    found: FoundNationalBody
    purge_intake: Purge
    person_keys: KeyFiles
    erase: Erase
    retain: Retain
    send: SendDueMessages | None
    """Sends messages to people; None where there is no mail server."""
    app_pool: Any
    duties: tuple[Duty, ...]
    turns: Turns
    listening: Listening
    """What streams hear by."""

    async def missing(self) -> list[str]:
        """What is missing for work: an empty list when all is well."""
        return [] if await is_at_level(self.app_pool) else ["migrations"]

    def prepare(self) -> None:
        """Do beside the loop what the first requests would have to do otherwise."""
        compile_all()


class Pools(NamedTuple):
    """One for each role that the service works as."""

    app: Any
    tally: Any
    eraser: Any
    worker: Any


@asynccontextmanager
async def running(settings: Settings, shift: Shift = no_shift) -> AsyncIterator[Running]:
    """Open the pools, refuse to work with roles that could do too much, wire everything, close again at the end.

    `shift`: how far the service's clock stands from the database's; refused outside of tests.
    """
    if shift is not no_shift and settings.environment != "test":
        raise RuntimeError("the clock can be shifted in tests only")
    if settings.environment == "production" and settings.ballot_keys is None:
        raise RuntimeError("VERKSTED_BALLOT_KEYS has to name the directory of the ballots' keys")
    if settings.environment == "production" and settings.person_keys is None:
        raise RuntimeError("VERKSTED_PERSON_KEYS has to name the directory of the people's keys")
    secret = settings.secret_value()
    if settings.environment != "production":
        guard.begin(settings.person_key_directory, wrapping(settings).derived)
    guard.check(settings.person_key_directory, wrapping(settings).derived)
    threading.Thread(target=warm, daemon=True).start()  # the first name needn't wait for Tink's import
    urls = database_urls(settings, secret)
    app_pool = await open_pool(urls.app, size=settings.pool_size, name="verksted")
    tally_pool = await open_pool(urls.tally, size=2, name="verksted tally")
    eraser_pool = await open_pool(urls.eraser, size=2, name="verksted eraser", least=0, patience=PATIENCE)
    worker_pool = await open_pool(urls.worker, size=4, name="verksted worker", least=0)
    connections = open_connections(Addresses(settings.webhook_loopback))
    pools = Pools(app_pool, tally_pool, eraser_pool, worker_pool)
    try:
        for pool in (app_pool, tally_pool):
            async with pool.acquire() as connection:
                await refuse_unsafe(connection, durable=settings.environment != "test")
        async with asking_issuers(settings) as client:
            service = _wire(settings, secret, pools, client, connections, shift, urls.app)
            try:
                yield service
            finally:
                await service.listening.close()
    finally:
        await connections.aclose()
        await app_pool.close()
        await tally_pool.close()
        await eraser_pool.close()
        await worker_pool.close()


def database_urls(settings: Settings, secret: str) -> RoleUrls:
    """The URLs of the unprivileged roles: as they are given, or made from the owner's."""
    if settings.app_url is not None and settings.tally_url is not None:
        given = RoleUrls(
            settings.app_url.get_secret_value(),
            settings.tally_url.get_secret_value(),
            "" if settings.audit_url is None else settings.audit_url.get_secret_value(),
            "" if settings.eraser_url is None else settings.eraser_url.get_secret_value(),
            "" if settings.worker_url is None else settings.worker_url.get_secret_value(),
        )
        return completed_urls(given, secret)
    if settings.database_url is None:
        raise RuntimeError(
            "No database is named: set DATABASE_URL (an owner's), or VERKSTED_APP_URL and VERKSTED_TALLY_URL."
        )
    return role_urls(settings.database_url.get_secret_value(), secret)


def dev_issuer(settings: Settings) -> DevIssuer | None:
    """The development issuer, where there is one; it refuses to be anywhere else."""
    if settings.environment == "production":
        return None
    return DevIssuer(
        settings.data_dir / "dev-issuer",
        DEV_ISSUER,
        AUDIENCE,
        environment=settings.environment,
        bind_host=settings.host,
    )


def _wire(
    settings: Settings,
    secret: str,
    pools: Pools,
    client: "httpx.AsyncClient | None",
    connections: httpcore.AsyncConnectionPool,
    shift: Shift,
    listens_at: str,
) -> Running:
    chance, app_pool, issuer = SystemChance(), pools.app, dev_issuer(settings)
    bell = Bell(news_seals(settings))
    people = person_keys(settings)
    vault = KeyVault(people, earlier_vault(settings))
    seals = MultiFernet([Fernet(base64.urlsafe_b64encode(derived(secret, "kept answers")))])
    transact: PostgresTransact[PostgresUnitOfWork] = PostgresTransact(
        app_pool, PostgresUnitOfWork, Memory(seals), chance, shift, vault, bell
    )
    keys, envelopes = ballot_box(settings)
    counting = PostgresCounting(pools.tally, chance, shift, bell)
    count = CountBallot(counting, keys, envelopes)
    transact.count = count
    cursors = CursorCodec(derived(secret, "cursors"))
    addresses = message_addresses(settings)
    personal = PostgresPersonal(app_pool, chance, shift, vault)
    durable = settings.environment != "test"
    erasures = PostgresErasures(pools.eraser, chance, vault, count, shift, durable, bell)
    purge = Purge(transact)
    erase = Erase(erasures, LedgerDirectory(settings.erasure_ledger), people, keys, count)
    retain = Retain(
        PostgresRetention(pools.eraser, chance, shift), purge, frozenset(rule.table for rule in PURGED)
    )
    sweep = SweepKeys(counting, keys)
    send = sending_messages(transact, app_pool, pools.worker, addresses, vault, settings, shift)
    hooks = webhook_secrets(settings)
    count_due = CountDueBallots(counting, keys, count, lambda: datetime.now(UTC) + shift())
    return Running(
        ways=Ways(
            services=all_services(
                Kit(
                    transact=transact,
                    personal=personal,
                    keys=keys,
                    envelopes=envelopes,
                    count=count,
                    words=ContentWords(),
                    consents=ContentConsents(),
                    holidays=LibraryHolidays(),
                    vault=vault,
                    person_keys=people,
                    erase=erase,
                    feed_positions=SealedPositions(cursors),
                    calendar_keys=PostgresCalendarKeys(app_pool, chance),
                    webhook_secrets=hooks,
                    webhook_addresses=Addresses(settings.webhook_loopback),
                    calendar_address=f"{settings.base_url.rstrip('/')}/v1/calendars/{{}}.ics".format,
                    message_addresses=addresses,
                    issuers=names_of_issuers(settings, issuer),
                )
            ),
            verify=verifier(settings, client, PostgresProofs(app_pool, chance), issuer),
            logins=PostgresLogins(personal, people.is_there),
            limits=Limits(
                quotas(settings),
                PostgresAttempts(app_pool, chance, derived(secret, "attempts"), shift),
                is_on=settings.limits,
            ),
            cursors=cursors,
            texts=Texts.load(),
            clock=lambda: datetime.now(UTC),
            public_url=settings.base_url.rstrip("/"),
            even=Even(settings.even_ms / 1000),
            free_documents=free_documents(Freely(settings.whose_documents)),
            takes_proofs=any(PROFILES[each.profile].demands_proof for each in settings.issuers),
        ),
        count=count,
        sweep=sweep,
        found=FoundNationalBody(transact),
        purge_intake=purge,
        person_keys=people,
        erase=erase,
        retain=retain,
        send=send,
        app_pool=app_pool,
        duties=duties(
            count_due, sweep, retain, send, delivering(pools.worker, connections, hooks, chance, shift)
        ),
        turns=PostgresTurns(pools.worker, chance),
        listening=Listening(listens_at, bell, chance),
    )
