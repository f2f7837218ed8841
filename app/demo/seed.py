"""Seeds the demo through the use cases, as people would have done it. Once: a second start finds it there."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.bootstrap import Running
from app.demo.people import BY_SLUG, PEOPLE, SYSTEMS
from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.groups.declaration import Signature
from app.domain.groups.group import Form
from app.domain.intake.outcome import Outcome
from app.domain.organisations.organisation import Country, Level, Role
from app.domain.shared.actor import Actor, RequestMark
from app.domain.shared.assurance import Assurance
from app.domain.shared.errors import DomainError
from app.domain.shared.ids import GroupId, OrganisationId, organisation_id
from app.domain.systems.account import LONGEST, SystemState
from app.services.groups.views import GroupView
from app.services.ports.paging import PageRequest

NATIONAL, DANISH = organisation_id(1), organisation_id(2)
FIRST_MEETING_IN = timedelta(seconds=3)
LAST = "mette"
"""Whose registration is the last thing that the demo consists of."""


class HalfSeeded(RuntimeError):
    """Somebody has stopped it in the middle, and it can't be gone on with."""

    def __init__(self) -> None:
        super().__init__(
            "The demo was begun in this database and not finished, as somebody stopped it meanwhile. Take the database "
            "away (.local, or the one that DATABASE_URL names) and start again: nothing but half a demo is in it."
        )


@dataclass(slots=True)
class Seeder:
    """Does for each invented person what that person would do."""

    service: Running
    issuer: str

    async def actor(self, slug: str) -> Actor:
        """This person, as the ways in would know them."""
        person = await self.service.ways.logins.person_of(self.issuer, slug)
        mark = RequestMark(language=BY_SLUG[slug].language)
        return Actor(
            issuer=self.issuer,
            subject=slug,
            person=person,
            client="demo",
            assurance=Assurance.HIGH,
            mark=mark,
        )

    async def run(self) -> bool:
        """Seed; False where it has been done before. `HalfSeeded` where it was begun and never finished."""
        do = self.service.ways.services
        if await self._has_begun():
            if not await self._is_whole():
                raise HalfSeeded
            await self._systems()
            return False
        for person in PEOPLE:
            await do.people.introduce_myself(
                await self.actor(person.slug), person.name, [person.language], True
            )
        nora, lars = await self.actor("nora"), await self.actor("lars")
        await self.service.found(nora, NATIONAL, "Verksted Norge", "Nora", Country.NO, "Europe/Oslo")
        await self.service.found(lars, DANISH, "Havnestad Selvhjælp", "Lars", Country.DK, "Europe/Copenhagen")
        await do.organisations.grant_role(lars, DANISH, lars.person_id, Role.COORDINATOR)
        await do.organisations.sign_for_organisation(lars, DANISH, await self._signature("lars"))
        fjordby = (
            await do.organisations.create_organisation(
                nora,
                NATIONAL,
                "Fjordby Frivilligsentral",
                Country.NO,
                Level.LOCAL,
                ["4601"],
                "Europe/Oslo",
            )
        ).id
        await do.organisations.sign_for_organisation(nora, fjordby, await self._signature("nora"))
        await self._staff(fjordby)
        for slug in ("anna", "bjorn", "cecilie", "david", "eli", "frode", "guro", "hanne"):
            await self._register(slug, fjordby)
            await do.intake.declare_readiness(await self.actor(slug), fjordby)
        await self._forming_group(fjordby)
        await self._meeting_group(fjordby)
        await self._register(LAST, DANISH)
        await self._systems()
        return True

    async def _is_whole(self) -> bool:
        """What is done last has been done."""
        return bool((await self.service.ways.services.people.read_me(await self.actor(LAST))).organisations)

    async def _has_begun(self) -> bool:
        try:
            await self.service.ways.services.organisations.read_organisation(Actor(), NATIONAL)
        except DomainError:
            return False
        return True

    async def _register(self, slug: str, organisation: OrganisationId) -> None:
        await self.service.ways.services.organisations.register(
            await self.actor(slug), organisation, BY_SLUG[slug].name
        )

    async def _staff(self, fjordby: OrganisationId) -> None:
        nora = await self.actor("nora")
        do = self.service.ways.services
        for slug, role in (
            ("kari", Role.COORDINATOR),
            ("ivar", Role.INTERVIEWER),
            ("stine", Role.STARTER),
        ):
            await self._register(slug, fjordby)
            actor = await self.actor(slug)
            await do.organisations.grant_role(nora, fjordby, actor.person_id, role)
            await do.organisations.sign_for_organisation(actor, fjordby, await self._signature(slug))

    async def _systems(self) -> None:
        """Those that have no account that holds get one, at every start: an account ends within a year."""
        do, nora = self.service.ways.services, await self.actor("nora")
        hers = (await do.people.read_me(nora)).organisations
        fjordby = next(each for each in hers if each != NATIONAL)
        known = await do.systems.list_systems(nora, fjordby, PageRequest(limit=100))
        holding = {each.client_id for each in known.items if each.state is SystemState.ACTIVE}
        for system in SYSTEMS:
            if system.client not in holding:
                await do.systems.register_system(
                    nora,
                    fjordby,
                    system.name,
                    system.does,
                    list(system.scopes),
                    self.service.ways.clock() + LONGEST - timedelta(days=1),
                    issuer=self.issuer,
                    client_id=system.client,
                )

    async def _forming_group(self, fjordby: OrganisationId) -> None:
        do, kari = self.service.ways.services, await self.actor("kari")
        group = await do.groups.form_group(kari, fjordby, Form.VIDEO, "Fjordby og omegn", "nb")
        for slug in ("frode", "guro"):
            await do.groups.invite_to_place(kari, group.id, (await self.actor(slug)).person_id)
        await self._accept("frode", group, "Fjellrev")

    async def _meeting_group(self, fjordby: OrganisationId) -> None:
        """Five people, six seats: their first meeting has begun, and they have decided to be open for new people."""
        do, kari = self.service.ways.services, await self.actor("kari")
        group = await do.groups.form_group(
            kari, fjordby, Form.IN_PERSON, "Fjordby", "nb", theme="Sorg", seats=6
        )
        aliases = {"anna": "Alke", "bjorn": "Bever", "cecilie": "Cikade", "david": "Due", "eli": "Elg"}
        for slug, alias in aliases.items():
            await do.groups.invite_to_place(kari, group.id, (await self.actor(slug)).person_id)
            await self._accept(slug, group, alias)
            await self._sign(slug, group.id)
        begins = (await self._now()).replace(microsecond=0) + FIRST_MEETING_IN
        await do.meetings.plan_meeting(kari, group.id, begins, "Fjordby bibliotek, 2. etasje")
        await self._until(begins)
        anna = await self.actor("anna")
        evening = begins.astimezone(ZoneInfo("Europe/Oslo")).replace(hour=18, minute=0, second=0)
        for weeks in (1, 3):
            at = evening + timedelta(weeks=weeks)  # six by the clock on the wall, in winter and in summer
            await do.meetings.plan_meeting(anna, group.id, at, "Fjordby bibliotek, 2. etasje")
        ballot = await do.admission.open_ballot(anna, group.id, Question.OPEN_FOR_NEW_PEOPLE)
        for slug in aliases:
            await do.admission.cast_vote(await self.actor(slug), ballot.id, Choice.FOR)
        await do.intake.record_outcome(
            await self.actor("ivar"), fjordby, (await self.actor("hanne")).person_id, Outcome.GROUP, []
        )

    async def _accept(self, slug: str, group: GroupView, alias: str) -> None:
        do, actor = self.service.ways.services, await self.actor(slug)
        invitation = next(
            each for each in await do.groups.list_my_invitations(actor) if each.group_id == group.id
        )
        await do.groups.accept_place(actor, invitation.id, alias)

    async def _sign(self, slug: str, group: GroupId) -> None:
        await self.service.ways.services.groups.sign_declaration(
            await self.actor(slug), group, await self._signature(slug)
        )

    async def _signature(self, slug: str) -> Signature:
        actor = await self.actor(slug)
        text = await self.service.ways.services.guidance.read_declaration(actor, BY_SLUG[slug].language)
        return Signature(
            text_version=text.version,
            language=text.language,
            text_sha256=text.sha256,
            typed_name=BY_SLUG[slug].name,
        )

    async def _now(self) -> datetime:
        return self.service.ways.clock()

    async def _until(self, moment: datetime) -> None:
        """Wait until the meeting has begun; nothing else makes a group closed."""
        await asyncio.sleep((moment - self.service.ways.clock()).total_seconds() + 0.05)
