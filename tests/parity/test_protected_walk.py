"""Asks every operation as every viewer, over the data of somebody whose identity is protected: neither name nor area comes
back to anybody but themselves and the signed members of their group. The same person unprotected is the control."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from app.api.shared.operations import ALL
from app.bootstrap import Running
from app.domain.groups.group import Form
from app.domain.organisations.organisation import Role
from app.domain.people.consent import Purpose
from app.domain.people.contact import ContactKind
from app.domain.shared.actor import Actor
from app.domain.volunteers.volunteer import RecruitmentSource
from tests.parity.conftest import Memory
from tests.parity.samples import questions
from tests.parity.scene import Scene, play
from tests.parity.ways_in import BY_NAME, Question, ask_graphql, ask_rest
from tests.support.consents_world import consented
from tests.support.intake_world import appoint, wishes, worker
from tests.support.world import Made, Travel, World

NAME, AREA, CONTACT = "Plantedname", "Plantedtown", "planted@example.org"
PLANTED = (NAME, AREA, CONTACT)
AMONG = ("member", "registered", "coordinator", "administrator", "interviewer", "starter", "system", "nobody")
pytestmark = pytest.mark.hazard("P-h13")


@pytest.fixture(autouse=True)
def kept(memory: Memory) -> Iterator[None]:
    """Other tests of this table want nothing to be kept."""
    yield
    memory.keeps = True


class Walk:
    """A scene in which one person has left something of themselves everywhere."""

    scene: Scene
    person: Actor
    viewers: dict[str, Actor]
    """Everybody but the person, and signed members of the same group: those may know."""
    places: dict[str, str]

    async def plant(self, service: tuple[Running, Travel]) -> "Walk":
        """In every list there is: registration, interest, conversation, training, a group, an offer, a role."""
        self.scene = scene = await play(await World(*service).begin())
        world, do = scene.world, scene.world.do
        self.person = person = await world.person(NAME)
        await do.organisations.register(person, world.organisation, NAME)
        await do.intake.declare_readiness(person, world.organisation)
        await do.intake.register_interest(person, world.organisation, wishes(area=AREA), True)
        interviewer = await worker(world, Role.INTERVIEWER)
        asked = await do.intake.ask_for_conversation(person, world.organisation)
        await appoint(world, asked.id, interviewer, 60)
        await consented(world, person, Purpose.CONTACT_ABOUT_INTAKE)
        await do.people.keep_contact(person, world.organisation, ContactKind.EMAIL, CONTACT)
        await do.volunteers.offer_to_volunteer(person, world.organisation, RecruitmentSource.CENTRE)
        await world.sign_for(person)
        for role in (Role.INTERVIEWER,):
            await do.organisations.grant_role(world.administrator, world.organisation, person.person_id, role)
        made = await do.groups.form_group(
            world.coordinator, world.organisation, Form.IN_PERSON, AREA, "nb", theme="Walk", seats=6
        )
        group = Made(made.id, world.organisation, [], world.coordinator)
        placement = await do.groups.invite_to_place(world.coordinator, group.id, person.person_id)
        await do.groups.accept_place(person, placement.id, "Alke")
        await do.groups.sign_declaration(person, group.id, world.signature())
        fellow, _ = await world.place(group, "fellow"), await world.place(group, "another")
        invited = await world.ready("walk invited")
        await do.groups.invite_to_place(world.coordinator, group.id, invited.person_id)
        await do.meetings.plan_meeting(
            world.coordinator, group.id, world.now + timedelta(days=90), f"{AREA} library"
        )
        await do.groups.publish_offer(world.coordinator, group.id)
        self.viewers = {
            **{name: scene.viewers[name] for name in AMONG},
            "their interviewer": interviewer,
            "unsigned beside them": fellow,
            "invited beside them": invited,
        }
        scene.viewers |= self.viewers
        self.places = {
            "group_id": str(group.id),
            "assessment_id": str(asked.id),
            "person_id": str(person.person_id),
        }
        return self

    async def found(
        self, http: httpx.AsyncClient, token: Callable[[str], str], operations: Iterable[str]
    ) -> set[str]:
        """Where something planted is told, to whom."""
        told = set()
        for name in operations:
            for question in self._asked(name):
                for viewer in self.viewers:
                    headers = self.scene.headers(viewer, token)
                    answers = (
                        await ask_rest(http, question, headers),
                        await ask_graphql(http, question, headers),
                    )
                    told |= {
                        f"{each}: {name} to {viewer}"
                        for answer in answers
                        for each in PLANTED
                        if each in answer.text
                    }
        return told

    def _asked(self, name: str) -> list[Question]:
        """As the table of parity asks, and about this person and their group."""
        asked = [replace(questions(self.scene, name)[0], filters={})]
        names = BY_NAME[name].path_names
        if self.places.keys() & set(names):
            place = {**asked[0].place, **self.places}
            asked.append(replace(asked[0], place={key: place[key] for key in names}))
        return asked


CONTROL = (
    (NAME, "list_registrations", "coordinator"),
    (NAME, "list_interests", "coordinator"),
    (AREA, "list_interests", "coordinator"),
    (NAME, "list_assessments", "coordinator"),
    (NAME, "read_assessment", "their interviewer"),
    (CONTACT, "read_contact", "their interviewer"),
    (NAME, "list_volunteers", "coordinator"),
    (NAME, "list_interviewers", "registered"),
    (NAME, "grant_role", "administrator"),
    (AREA, "list_groups", "coordinator"),
    (AREA, "list_offers", "nobody"),
    (AREA, "list_meetings", "unsigned beside them"),
    (AREA, "read_me", "invited beside them"),
)


async def test_a_protected_identity_is_told_to_nobody(
    ways: httpx.AsyncClient,
    parity_service: tuple[Running, Travel],
    token: Callable[[str], str],
    memory: Memory,
) -> None:
    walk = await Walk().plant(parity_service)
    memory.keeps = False
    before = await walk.found(ways, token, sorted({operation for _, operation, _ in CONTROL}))
    for planted, operation, viewer in CONTROL:
        assert f"{planted}: {operation} to {viewer}" in before, sorted(before)
    memory.keeps = True
    await walk.scene.world.do.people.protect_my_identity(walk.person)
    memory.keeps = False
    assert await walk.found(ways, token, [operation.name for operation in ALL]) == set()
