"""A small world to tell histories in: state is built by use cases, as people would, never by writing tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from app.bootstrap import DEV_ISSUER, Running
from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.groups.declaration import Signature
from app.domain.groups.group import Form
from app.domain.organisations.organisation import Country, Level, Role
from app.domain.organisations.policy import PolicySettings
from app.domain.shared.actor import Actor, RequestMark
from app.domain.shared.assurance import Assurance
from app.domain.shared.ids import GroupId, OrganisationId, organisation_id
from app.services.admission.views import ApplicationView, BallotView
from app.services.registry import Services
from tests.support.canaries import IN_MY_OWN_WORDS, marked

ISSUER = DEV_ISSUER
_NUMBERS = count(1000 + uuid4().int % 900_000_000)


@dataclass
class Travel:
    """How far the service's clock stands from the database's. One for each service that is started."""

    by: timedelta = timedelta()

    def __call__(self) -> timedelta:
        return self.by


@dataclass
class Made:
    """A group that was made for a test: who is in it, and in which order."""

    id: GroupId
    organisation: OrganisationId
    members: list[Actor]
    coordinator: Actor


@dataclass
class World:
    """One organisation and its people."""

    service: Running
    travel: Travel
    organisation: OrganisationId = field(init=False)
    administrator: Actor = field(init=False)
    coordinator: Actor = field(init=False)

    @property
    def do(self) -> Services:
        """The use cases."""
        return self.service.ways.services

    @property
    def now(self) -> datetime:
        """The service's clock, nearly."""
        return datetime.now(UTC) + self.travel.by

    def forward(self, **spans: float) -> None:
        """Let time pass: `world.forward(days=15)`."""
        self.travel.by += timedelta(**spans)

    async def begin(self, country: Country = Country.NO) -> "World":
        """A national body with an administrator, and a local organisation with a coordinator below it."""
        self.administrator = await self.person("administrator")
        national = organisation_id(next(_NUMBERS))
        await self.service.found(self.administrator, national, "National", "Admin", country, "Europe/Oslo")
        made = await self.do.organisations.create_organisation(
            self.administrator, national, "Local", country, Level.LOCAL, [], "Europe/Oslo"
        )
        self.organisation = made.id
        self.coordinator = await self.registered("coordinator")
        await self.do.organisations.grant_role(
            self.administrator, self.organisation, self.coordinator.person_id, Role.COORDINATOR
        )
        await self.sign_for(self.coordinator)
        return self

    async def sign_for(self, actor: Actor) -> None:
        """Somebody who works for the organisation promises confidentiality."""
        await self.do.organisations.sign_for_organisation(actor, self.organisation, self.signature())

    async def person(self, name: str = "somebody", *, language: str = "en") -> Actor:
        """Somebody new, who has introduced themselves, by a name with the mark (`tests.support.canaries`)."""
        subject = f"{name}-{uuid4()}"
        mark = RequestMark(language=language)
        actor = Actor(issuer=ISSUER, subject=subject, client="tests", assurance=Assurance.HIGH, mark=mark)
        me = await self.do.people.introduce_myself(actor, marked(name.title()), [language], True)
        return replace(actor, person=me.id)

    async def registered(self, name: str = "somebody") -> Actor:
        """Somebody new, registered with the organisation."""
        actor = await self.person(name)
        await self.do.organisations.register(actor, self.organisation, marked(name.title()))
        return actor

    async def ready(self, name: str = "somebody") -> Actor:
        """Somebody new, registered, and ready for a group."""
        actor = await self.registered(name)
        await self.do.intake.declare_readiness(actor, self.organisation)
        return actor

    async def policy(self, **changes: Any) -> None:
        """Adopt a new version of the policy with these settings."""
        held = await self.do.organisations.read_policy(self.administrator, self.organisation)
        await self.do.organisations.adopt_policy(
            self.administrator, self.organisation, held.version, PolicySettings(**changes)
        )

    async def forming(self, people: int = 5, *, seats: int = 6, sign: bool = True) -> Made:
        """A forming group: people have accepted their places and signed."""
        group = await self.do.groups.form_group(
            self.coordinator, self.organisation, Form.IN_PERSON, "Area", "nb", theme="Grief", seats=seats
        )
        made = Made(group.id, self.organisation, [], self.coordinator)
        for number in range(people):
            made.members.append(await self.place(made, f"member{number}"))
        if sign:
            await self.sign_all(made)
        return made

    async def place(self, group: Made, alias: str) -> Actor:
        """Somebody new accepts a place in a forming group."""
        actor = await self.ready(alias)
        placement = await self.do.groups.invite_to_place(self.coordinator, group.id, actor.person_id)
        await self.do.groups.accept_place(actor, placement.id, alias)
        return actor

    async def meeting(self, people: int = 5, *, seats: int = 6, sign: bool = True) -> Made:
        """A group whose first meeting has begun an hour ago: closed."""
        made = await self.forming(people, seats=seats, sign=sign)
        await self.do.meetings.plan_meeting(
            self.coordinator, made.id, self.now + timedelta(hours=1), "Library"
        )
        self.forward(hours=2)
        return made

    def signature(self, name: str = "Somebody", language: str = "en") -> Signature:
        """A signature under the text that holds now."""
        text = self.do.groups.sign_declaration.texts.current(language)
        return Signature(
            text_version=text.version,
            language=language,
            text_sha256=text.sha256,
            typed_name=marked(name),
        )

    async def sign_all(self, group: Made) -> None:
        """Every member signs this generation's declaration."""
        for member in group.members:
            await self.do.groups.sign_declaration(member, group.id, self.signature())

    async def vote(self, ballot: BallotView, voters: Iterable[Actor], *choices: Choice) -> BallotView:
        """Voters vote in turn; the last choice holds for all that follow. The view of the last vote."""
        given = list(choices) or [Choice.FOR]
        view = ballot
        for index, voter in enumerate(voters):
            choice = given[min(index, len(given) - 1)]
            view = await self.do.admission.cast_vote(voter, ballot.id, choice)
        return view

    async def open_for_new(self, group: Made) -> None:
        """The group decides to be open for new people."""
        ballot = await self.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
        await self.vote(ballot, group.members)

    async def code(self) -> str:
        """The application code of the first offer of the organisation."""
        from app.services.ports.paging import FIRST_PAGE

        offers = await self.do.admission.list_offers(Actor(), self.organisation, FIRST_PAGE)
        return offers.items[0].application_code

    async def open_group(self, people: int = 5, *, seats: int = 6) -> tuple[Made, str]:
        """A meeting group that is open for new people, and its application code."""
        made = await self.meeting(people, seats=seats)
        await self.open_for_new(made)
        return made, await self.code()

    async def applied(self, code: str, alias: str = "Newcomer") -> tuple[Actor, ApplicationView]:
        """Somebody new applies."""
        actor = await self.ready(alias)
        view = await self.do.admission.apply(
            actor, self.organisation, code, alias, IN_MY_OWN_WORDS, marked(alias)
        )
        return actor, view

    async def admission(self, group: Made, application: ApplicationView) -> BallotView:
        """A member opens the ballot on an application."""
        return await self.do.admission.open_ballot(
            group.members[0], group.id, Question.ADMISSION, application.id
        )

    async def admitted(self, group: Made, code: str, alias: str = "Newcomer") -> Actor:
        """Somebody new comes in by the whole way."""
        actor, application = await self.applied(code, alias)
        await self.vote(await self.admission(group, application), group.members)
        await self.do.admission.accept_entry(actor, application.id, self.signature())
        group.members.append(actor)
        return actor
