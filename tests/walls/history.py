"""The history that the ways around the ballot are tried in: a group that has really begun, and everybody at its door.

The service's clock starts thirty days behind the database's and has caught up when the tests begin, for the triggers
go by the database's own clock.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg

from app.adapters.chance import SystemChance
from app.bootstrap import Running, database_urls
from app.domain.admission.decision_rules import Choice
from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import compose_id
from app.services.admission.views import ApplicationView
from app.services.ports.paging import FIRST_PAGE
from app.settings import Settings
from tests.parity.scene import staff
from tests.support.world import Made, Travel, World

MEMBERSHIPS = "select count(*) from membership where group_id = any($1::uuid[]) and left_at is null"


@dataclass
class History:
    """What the attempts may use: people, and ids as literals for SQL."""

    world: World
    settings: Settings
    group: Made
    code: str
    admitted: Actor
    people: dict[str, Actor] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def new_id(self) -> str:
        """An id that the organisation could have made."""
        return str(compose_id(self.world.organisation, 1_700_000_000_000, SystemChance().bits(44)))

    async def connect(self, role: str) -> "asyncpg.Connection[Any]":
        """A connection as `app` or `tally`, in this organisation; or as the `owner`."""
        urls = database_urls(self.settings, self.settings.secret_value())
        assert self.settings.database_url is not None
        owner = self.settings.database_url.get_secret_value()
        url = {"app": urls.app, "tally": urls.tally, "owner": owner}[role]
        connection = await asyncpg.connect(url)
        await connection.execute(
            "select set_config('app.organisation', $1, false)".replace("$1", f"'{self.world.organisation}'")
        )
        return connection

    async def memberships(self) -> int:
        """How many are in the closed groups."""
        app = await self.connect("app")
        try:
            groups = [self.ids["group"], self.ids["other_group"]]
            count: int = await app.fetchval(MEMBERSHIPS, groups)
            return count
        finally:
            await app.close()


async def _code_of(world: World, seen: set[str]) -> str:
    offers = await world.do.admission.list_offers(Actor(), world.organisation, FIRST_PAGE)
    (code,) = {offer.application_code for offer in offers.items} - seen
    return code


async def _decided(
    world: World, group: Made, code: str, name: str, choice: Choice
) -> tuple[Actor, ApplicationView, str]:
    person, application = await world.applied(code, name)
    ballot = await world.vote(await world.admission(group, application), group.members, choice)
    return person, application, str(ballot.id)


async def tell(service: Running, travel: Travel, settings: Settings) -> History:
    """Thirty days of a group's life, up to now."""
    travel.by = -timedelta(days=30)
    world = await World(service, travel).begin()
    group = await world.forming(6, seats=8)
    late = await world.ready("late")
    placed = await world.do.groups.invite_to_place(world.coordinator, group.id, late.person_id)
    begun = await world.do.meetings.plan_meeting(
        world.coordinator, group.id, world.now + timedelta(hours=1), "Library"
    )
    world.forward(hours=2)
    leaver = group.members.pop()
    await world.do.groups.leave_group(leaver, group.id)
    await world.open_for_new(group)
    code = await _code_of(world, set())
    expired = await _decided(world, group, code, "Expired", Choice.FOR)
    other = await world.meeting(3, seats=8)
    await world.open_for_new(other)
    other_code = await _code_of(world, {code})
    travel.by = timedelta()
    admitted = await world.admitted(group, code, "Admitted")
    await world.sign_all(group)
    let_in = await world.do.admission.list_my_applications(admitted)
    offered = await _decided(world, group, code, "Offered", Choice.FOR)
    refused = await _decided(world, group, code, "Refused", Choice.AGAINST)
    elsewhere = await _decided(world, other, other_code, "Elsewhere", Choice.FOR)
    changed_mind = await _decided(world, other, other_code, "ChangedMind", Choice.FOR)
    await world.do.admission.withdraw_application(changed_mind[0], changed_mind[1].id)
    person, application = await world.applied(other_code, "Asked")
    asked = await world.admission(other, application)
    await world.vote(asked, other.members[:1], Choice.AGAINST)
    history = History(world, settings, group, code, admitted)
    history.people = {
        "late": late, "leaver": leaver, "expired": expired[0], "admitted": admitted, "offered": offered[0],
        "refused": refused[0], "elsewhere": elsewhere[0], "changed_mind": changed_mind[0], "asked": person,
        "outsider": await world.ready("outsider"), "coordinator": world.coordinator,
        "administrator": world.administrator, "starter": await staff(world, Role.STARTER),
        "interviewer": await staff(world, Role.INTERVIEWER),
    }  # fmt: skip
    opened = (await world.do.admission.list_ballots(group.members[0], group.id, FIRST_PAGE)).items[-1]
    member = await world.do.groups.read_group(group.members[0], group.id)
    voter = await world.do.groups.read_group(other.members[0], other.id)
    history.ids = {
        **{name: str(actor.person_id) for name, actor in history.people.items()},
        "org": str(world.organisation), "group": str(group.id), "other_group": str(other.id),
        "meeting": str(begun.id), "placement_of_late": str(placed.id), "made_up": str(uuid4()),
        "ballot_expired": expired[2], "ballot_offered": offered[2], "ballot_refused": refused[2],
        "ballot_elsewhere": elsewhere[2], "ballot_changed_mind": changed_mind[2],
        "ballot_asked": str(asked.id), "ballot_opening": str(opened.id),
        "application_offered": str(offered[1].id), "application_outsider": history.new_id(),
        "application_asked": str(application.id), "member": str(member.my_membership_id),
        "voter": str(voter.my_membership_id),
    }  # fmt: skip
    await _look_up(history, let_in[0])
    return history


async def _look_up(history: History, let_in: ApplicationView) -> None:
    """What no use case shows."""
    app = await history.connect("app")
    ids = history.ids
    ids["ballot_admitted"] = str(
        await app.fetchval("select id from ballot where application_id = $1", let_in.id)
    )
    for name, column in (("membership_of_leaver", "id"), ("placement_of_leaver", "placement_id")):
        ids[name] = str(
            await app.fetchval(f"select {column} from membership where person_id = $1", ids["leaver"])
        )
    await app.close()
