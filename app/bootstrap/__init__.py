"""The composition root: settings → adapters → use cases. The one room that knows both sides."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.adapters.ballot_box import HpkeEnvelopes, KeyDirectory
from app.adapters.calendar import LibraryHolidays
from app.adapters.chance import SystemChance
from app.adapters.identity.dev_issuer import DevIssuer
from app.adapters.identity.issuers import IssuerConfig
from app.adapters.identity.jose import JoseTokenVerifier
from app.adapters.identity.jwks import JwksCache
from app.adapters.identity.keys import KeySource
from app.adapters.postgres.idempotency import Memory
from app.adapters.postgres.people import PostgresLogins, PostgresPersonal
from app.adapters.postgres.pool import open_pool
from app.adapters.postgres.repositories.counting import PostgresCounting
from app.adapters.postgres.roles import RoleUrls, completed_urls, refuse_unsafe, role_urls
from app.adapters.postgres.schema_level import is_at_level
from app.adapters.postgres.transact import PostgresTransact
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.postgres.work import Shift, no_shift
from app.adapters.vault import AesVault
from app.adapters.words import ContentWords
from app.api.shared.cursors import CursorCodec
from app.api.shared.ways import Ways
from app.bootstrap.features import all_services
from app.bootstrap.kit import Kit
from app.content.texts import Texts
from app.services.admission.count_ballot import CountBallot
from app.services.admission.sweep_keys import SweepKeys
from app.services.intake.purge import Purge
from app.services.organisations.found_national_body import FoundNationalBody
from app.settings import Settings

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
    app_pool: Any

    async def missing(self) -> list[str]:
        """What is missing for work: an empty list when all is well."""
        return [] if await is_at_level(self.app_pool) else ["migrations"]


@asynccontextmanager
async def running(settings: Settings, shift: Shift = no_shift) -> AsyncIterator[Running]:
    """Open the pools, refuse to work with roles that could do too much, wire everything, close again at the end.

    `shift`: how far the service's clock stands from the database's; refused outside of tests.
    """
    if shift is not no_shift and settings.environment != "test":
        raise RuntimeError("the clock can be shifted in tests only")
    if settings.environment == "production" and settings.ballot_keys is None:
        raise RuntimeError("VERKSTED_BALLOT_KEYS has to name the directory of the ballots' keys")
    secret = settings.secret_value()
    urls = database_urls(settings, secret)
    app_pool = await open_pool(urls.app, size=settings.pool_size, name="verksted")
    tally_pool = await open_pool(urls.tally, size=2, name="verksted tally")
    client = httpx.AsyncClient(follow_redirects=False)
    try:
        for pool in (app_pool, tally_pool):
            async with pool.acquire() as connection:
                await refuse_unsafe(connection, durable=settings.environment != "test")
        yield _wire(settings, secret, app_pool, tally_pool, client, shift)
    finally:
        await client.aclose()
        await app_pool.close()
        await tally_pool.close()


def database_urls(settings: Settings, secret: str) -> RoleUrls:
    """The URLs of both unprivileged roles: as they are given, or made from the owner's."""
    if settings.app_url is not None and settings.tally_url is not None:
        given = RoleUrls(settings.app_url.get_secret_value(), settings.tally_url.get_secret_value())
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


def derived(secret: str, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, from the service's secret."""
    info = f"verksted/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())


def ballot_box(settings: Settings) -> tuple[KeyDirectory, HpkeEnvelopes]:
    """Where ballots' keys are kept, and how votes are sealed."""
    secret = settings.secret_value()
    return KeyDirectory(settings.key_directory), HpkeEnvelopes(derived(secret, "envelopes"))


def _verifier(settings: Settings, client: httpx.AsyncClient) -> JoseTokenVerifier:
    trusted: list[tuple[IssuerConfig, KeySource]] = [
        (
            IssuerConfig(
                issuer=issuer.issuer,
                jwks_uri=issuer.jwks_uri,
                audience=issuer.audience,
                algorithms=issuer.algorithms,
                typ=issuer.typ,
            ),
            JwksCache(client, issuer.jwks_uri, development=settings.environment != "production"),
        )
        for issuer in settings.issuers
    ]
    development = dev_issuer(settings)
    if development is not None:
        trusted.append((development.config(), development.keys()))
    return JoseTokenVerifier(trusted)


def _wire(
    settings: Settings,
    secret: str,
    app_pool: Any,
    tally_pool: Any,
    client: httpx.AsyncClient,
    shift: Shift,
) -> Running:
    chance = SystemChance()
    earlier = [each.get_secret_value() for each in settings.earlier_secrets]
    seals = MultiFernet([Fernet(base64.urlsafe_b64encode(derived(secret, "kept answers")))])
    transact: PostgresTransact[PostgresUnitOfWork] = PostgresTransact(
        app_pool, PostgresUnitOfWork, Memory(seals), chance, shift
    )
    keys, envelopes = ballot_box(settings)
    counting = PostgresCounting(tally_pool, chance, shift)
    count = CountBallot(counting, keys, envelopes)
    transact.count = count
    personal = PostgresPersonal(app_pool, chance, shift)
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
                    holidays=LibraryHolidays(),
                    vault=AesVault([derived(each, "vault") for each in (secret, *earlier)]),
                )
            ),
            verify=_verifier(settings, client),
            logins=PostgresLogins(personal),
            cursors=CursorCodec(derived(secret, "cursors")),
            texts=Texts.load(),
            clock=lambda: datetime.now(UTC),
        ),
        count=count,
        sweep=SweepKeys(counting, keys),
        found=FoundNationalBody(transact),
        purge_intake=Purge(transact),
        app_pool=app_pool,
    )
