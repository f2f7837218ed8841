"""The composition root: settings → adapters → use cases. The one file that knows both sides."""

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
from app.adapters.words import ContentWords
from app.api.shared.cursors import CursorCodec
from app.api.shared.ways import Ways
from app.content.texts import Texts
from app.services import registry
from app.services.admission.accept_entry import AcceptEntry
from app.services.admission.apply import Apply
from app.services.admission.cast_vote import CastVote
from app.services.admission.count_ballot import CountBallot
from app.services.admission.decline_entry import DeclineEntry
from app.services.admission.list_applications import ListApplications
from app.services.admission.list_ballots import ListBallots
from app.services.admission.list_my_applications import ListMyApplications
from app.services.admission.list_offers import ListOffers
from app.services.admission.open_ballot import OpenBallot
from app.services.admission.read_application import ReadApplication
from app.services.admission.read_ballot import ReadBallot
from app.services.admission.sweep_keys import SweepKeys
from app.services.admission.withdraw_application import WithdrawApplication
from app.services.groups.accept_place import AcceptPlace
from app.services.groups.close_for_new_people import CloseForNewPeople
from app.services.groups.decline_place import DeclinePlace
from app.services.groups.edit_group import EditGroup
from app.services.groups.form_group import FormGroup
from app.services.groups.invite_to_place import InviteToPlace
from app.services.groups.leave_group import LeaveGroup
from app.services.groups.list_groups import ListGroups
from app.services.groups.list_my_groups import ListMyGroups
from app.services.groups.list_my_invitations import ListMyInvitations
from app.services.groups.list_placements import ListPlacements
from app.services.groups.read_group import ReadGroup
from app.services.groups.sign_declaration import SignDeclaration
from app.services.groups.withdraw_invitation import WithdrawInvitation
from app.services.groups.witness_declaration import WitnessDeclaration
from app.services.guidance.list_other_help import ListOtherHelp
from app.services.guidance.read_declaration import ReadDeclaration
from app.services.intake.declare_readiness import DeclareReadiness
from app.services.intake.record_outcome import RecordOutcome
from app.services.meetings.cancel_meeting import CancelMeeting
from app.services.meetings.correct_meeting import CorrectMeeting
from app.services.meetings.list_meetings import ListMeetings
from app.services.meetings.list_upcoming import ListUpcoming
from app.services.meetings.move_meeting import MoveMeeting
from app.services.meetings.plan_meeting import PlanMeeting
from app.services.meetings.read_meeting import ReadMeeting
from app.services.organisations.adopt_policy import AdoptPolicy
from app.services.organisations.create_organisation import CreateOrganisation
from app.services.organisations.found_national_body import FoundNationalBody
from app.services.organisations.grant_role import GrantRole
from app.services.organisations.list_organisations import ListOrganisations
from app.services.organisations.list_registrations import ListRegistrations
from app.services.organisations.read_organisation import ReadOrganisation
from app.services.organisations.read_policy import ReadPolicy
from app.services.organisations.register import Register
from app.services.organisations.revoke_role import RevokeRole
from app.services.organisations.sign_for_organisation import SignForOrganisation
from app.services.people.introduce_myself import IntroduceMyself
from app.services.people.read_me import ReadMe
from app.services.ports.transaction import Transact
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
    seals = MultiFernet([Fernet(base64.urlsafe_b64encode(derived(secret, "kept answers")))])
    transact: PostgresTransact[PostgresUnitOfWork] = PostgresTransact(
        app_pool, PostgresUnitOfWork, Memory(seals), chance, shift
    )
    keys = KeyDirectory(settings.key_directory)
    envelopes = HpkeEnvelopes(derived(secret, "envelopes"))
    counting = PostgresCounting(tally_pool, chance, shift)
    count = CountBallot(counting, keys, envelopes)
    transact.count = count
    personal = PostgresPersonal(app_pool, chance, shift)
    words = ContentWords()
    return Running(
        ways=Ways(
            services=_services(transact, personal, keys, envelopes, count, words),
            verify=_verifier(settings, client),
            logins=PostgresLogins(personal),
            cursors=CursorCodec(derived(secret, "cursors")),
            texts=Texts.load(),
            clock=lambda: datetime.now(UTC),
        ),
        count=count,
        sweep=SweepKeys(counting, keys),
        found=FoundNationalBody(transact),
        app_pool=app_pool,
    )


def _services(
    transact: Transact[PostgresUnitOfWork],
    personal: PostgresPersonal,
    keys: KeyDirectory,
    envelopes: HpkeEnvelopes,
    count: CountBallot,
    words: ContentWords,
) -> registry.Services:
    mine = personal.my_organisations
    return registry.Services(
        people=registry.People(read_me=ReadMe(personal), introduce_myself=IntroduceMyself(personal)),
        organisations=registry.Organisations(
            list_organisations=ListOrganisations(transact),
            create_organisation=CreateOrganisation(transact),
            read_organisation=ReadOrganisation(transact),
            read_policy=ReadPolicy(transact),
            adopt_policy=AdoptPolicy(transact),
            register=Register(transact),
            sign_for_organisation=SignForOrganisation(transact, words),
            list_registrations=ListRegistrations(transact),
            grant_role=GrantRole(transact),
            revoke_role=RevokeRole(transact),
        ),
        intake=registry.Intake(
            record_outcome=RecordOutcome(transact, words), declare_readiness=DeclareReadiness(transact)
        ),
        groups=registry.Groups(
            list_my_groups=ListMyGroups(transact, mine),
            list_my_invitations=ListMyInvitations(transact, mine),
            list_groups=ListGroups(transact),
            form_group=FormGroup(transact),
            read_group=ReadGroup(transact),
            edit_group=EditGroup(transact),
            list_placements=ListPlacements(transact),
            invite_to_place=InviteToPlace(transact),
            withdraw_invitation=WithdrawInvitation(transact),
            accept_place=AcceptPlace(transact),
            decline_place=DeclinePlace(transact),
            sign_declaration=SignDeclaration(transact, words),
            witness_declaration=WitnessDeclaration(transact, words),
            leave_group=LeaveGroup(transact, count),
            close_for_new_people=CloseForNewPeople(transact),
        ),
        meetings=registry.Meetings(
            list_meetings=ListMeetings(transact),
            list_upcoming=ListUpcoming(transact),
            plan_meeting=PlanMeeting(transact),
            read_meeting=ReadMeeting(transact),
            move_meeting=MoveMeeting(transact),
            cancel_meeting=CancelMeeting(transact),
            correct_meeting=CorrectMeeting(transact),
        ),
        admission=registry.Admission(
            list_offers=ListOffers(transact),
            apply=Apply(transact, words),
            list_my_applications=ListMyApplications(transact, mine, words),
            read_application=ReadApplication(transact, words),
            list_applications=ListApplications(transact),
            withdraw_application=WithdrawApplication(transact, keys, words),
            accept_entry=AcceptEntry(transact, keys, words),
            decline_entry=DeclineEntry(transact, words),
            open_ballot=OpenBallot(transact, keys, words),
            read_ballot=ReadBallot(transact, words),
            list_ballots=ListBallots(transact, words),
            cast_vote=CastVote(transact, envelopes, count, words),
        ),
        guidance=registry.Guidance(
            read_declaration=ReadDeclaration(words), list_other_help=ListOtherHelp(words)
        ),
    )
