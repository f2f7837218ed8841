"""The home of a person: everything of theirs in one request, as it stands now, and nothing about anybody else."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

import httpx
import pytest

from app.domain.admission.application import ApplicantStage
from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.groups.group import Phase
from app.domain.groups.standing import Standing
from app.domain.intake.assessment import AssessmentStage
from app.domain.intake.outcome import Outcome
from app.domain.meetings.place import PlaceType
from app.domain.organisations.organisation import Role
from app.domain.organisations.policy import IntakeMode
from app.domain.people.person import NotIntroduced
from app.domain.shared.actor import Actor
from app.domain.shared.errors import PersonNeeded
from app.domain.shared.frames import Form
from app.domain.volunteers.qualification import Requirement, VolunteerStatus
from app.domain.volunteers.training_record import Module
from app.services.people.home_entry_views import HomeOfferKind
from app.services.people.home_views import HomeView
from tests.support.canaries import IN_MY_OWN_WORDS
from tests.support.courses_world import course_of, signed_up
from tests.support.intake_world import appoint, asked, conversations, wishes
from tests.support.volunteers_world import found_suited, offered, trained
from tests.support.world import Made, World


async def home(world: World, actor: Actor) -> HomeView:
    """The first screen of somebody."""
    found = (await world.do.people.read_me(actor)).home
    assert found is not None
    return found


async def _placed(world: World, actor: Actor, group: Made, alias: str = "Everywhere") -> None:
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, actor.person_id)
    await world.do.groups.accept_place(actor, placement.id, alias)
    group.members.append(actor)


async def _also_at_another(world: World, actor: Actor) -> World:
    other = await World(world.service, world.travel).begin()
    await other.do.organisations.register(actor, other.organisation, "Somebody")
    await other.do.intake.declare_readiness(actor, other.organisation)
    return other


async def test_somebody_new_finds_an_empty_home(world: World) -> None:
    actor = await world.person()
    me = await world.do.people.read_me(actor)
    assert me.home == HomeView(
        organisations=[], groups=[], meetings=[], ballots=[], offers=[], applications=[],
        declarations_due=[], sign_ups=[], helping=[], visits=[], waiting=[], webhooks=[],
    )  # fmt: skip
    again = await world.do.people.introduce_myself(actor, "Hanne", ["da"], True)
    assert (again.home, again.version) == (None, me.version + 1)


async def test_who_has_no_home(world: World) -> None:
    with pytest.raises(PersonNeeded):
        await world.do.people.read_me(Actor())
    with pytest.raises(PersonNeeded):
        await world.do.people.read_me(Actor(issuer="", subject="machine", is_system=True))
    with pytest.raises(NotIntroduced):
        await world.do.people.read_me(Actor(issuer="", subject="nobody yet"))


@pytest.mark.rule("N-01")
async def test_what_i_have_said_of_a_meeting_and_nobody_else_has(world: World) -> None:
    group = await world.meeting()
    member, other = group.members[:2]
    for days in (2, 9):
        await world.do.meetings.plan_meeting(member, group.id, world.now + timedelta(days=days), "Library")
    first, second = (await home(world, member)).meetings
    await world.do.meetings.note_absence(other, second.id)
    assert [each.my_absence for each in (await home(world, member)).meetings] == [False, False]
    await world.do.meetings.note_absence(member, first.id)
    assert [each.my_absence for each in (await home(world, member)).meetings] == [True, False]
    await world.do.meetings.take_back_absence(member, first.id)
    assert [each.my_absence for each in (await home(world, member)).meetings] == [False, False]


@pytest.mark.rule("G-06", "C-01")
async def test_groups_of_two_organisations_in_different_phases(world: World) -> None:
    actor = await world.ready("everywhere")
    other = await _also_at_another(world, actor)
    forming, closed = await world.forming(3), await other.forming(3)
    await _placed(world, actor, forming)
    await _placed(other, actor, closed, "Alke")
    await other.do.groups.sign_declaration(actor, closed.id, other.signature())
    begun = other.now + timedelta(hours=1)
    await other.do.meetings.plan_meeting(other.coordinator, closed.id, begun, "Library")
    world.forward(hours=2)
    first = world.now + timedelta(days=4)
    await world.do.meetings.plan_meeting(world.coordinator, forming.id, first, "Café")
    for days in (2, 9, 16, 23):
        await other.do.meetings.plan_meeting(
            actor, closed.id, other.now + timedelta(days=days), "Library", 90, PlaceType.PRIVATE_HOME
        )

    found = await home(world, actor)
    assert [each.id for each in found.organisations] == [world.organisation, other.organisation]
    assert {each.name for each in found.organisations} == {"Local"}
    one, two = found.groups
    assert (one.id, one.phase, one.my_standing) == (forming.id, Phase.FORMING, Standing.UNSIGNED)
    assert (one.my_alias, one.vulnerable, one.open_for_new_people) == ("Everywhere", None, None)
    assert (two.id, two.phase, two.my_standing) == (closed.id, Phase.MEETING, Standing.MEMBER)
    assert (two.my_alias, two.vulnerable, two.dormant, two.declaration_due) == ("Alke", True, False, False)
    assert [(each.group_id, each.place, each.is_first) for each in found.meetings] == [
        (closed.id, "Library", False),
        (forming.id, "Café", True),
        (closed.id, "Library", False),
        (closed.id, "Library", False),
    ]
    assert found.meetings[0].ends_at - found.meetings[0].starts_at == timedelta(minutes=90)
    assert [(each.group_id, each.shuts_out, each.needed_by) for each in found.declarations_due] == [
        (forming.id, True, None)
    ]

    await other.do.groups.leave_group(actor, closed.id)
    found = await home(world, actor)
    assert [each.id for each in found.groups] == [forming.id]
    assert [each.group_id for each in found.meetings] == [forming.id]


@pytest.mark.rule("C-08")
@pytest.mark.hazard("G-h5")
async def test_a_new_generation_makes_a_declaration_due(world: World) -> None:
    group, code = await world.open_group(3, seats=6)
    old = group.members[0]
    assert (await home(world, old)).declarations_due == []
    await world.admitted(group, code)
    (due,) = (await home(world, old)).declarations_due
    assert (due.group_id, due.shuts_out, due.needed_by) == (group.id, False, None)
    meeting = await world.do.meetings.plan_meeting(old, group.id, world.now + timedelta(days=1), "Library")
    (due,) = (await home(world, old)).declarations_due
    assert (due.shuts_out, due.needed_by) == (False, meeting.ends_at)
    world.forward(days=2)
    found = await home(world, old)
    assert [(each.shuts_out, each.needed_by) for each in found.declarations_due] == [(True, None)]
    assert [each.my_standing for each in found.groups] == [Standing.UNSIGNED]
    await world.do.groups.sign_declaration(old, group.id, world.signature())
    assert (await home(world, old)).declarations_due == []


@pytest.mark.hazard("M-h6")
async def test_who_has_not_signed_finds_no_door(world: World) -> None:
    group = await world.forming(3, sign=False)
    private = PlaceType.PRIVATE_HOME
    starts = world.now + timedelta(days=1)
    await world.do.meetings.plan_meeting(world.coordinator, group.id, starts, "Seaview 4", 120, private)
    (meeting,) = (await home(world, group.members[0])).meetings
    assert (meeting.place, meeting.place_type, meeting.is_first) == (None, private, True)


@pytest.mark.hazard("B-13")
async def test_ballots_to_vote_in_until_they_close(world: World) -> None:
    group = await world.meeting(4)
    voter, late = group.members[0], await world.ready("stranger")
    ballot = await world.do.admission.open_ballot(voter, group.id, Question.OPEN_FOR_NEW_PEOPLE)
    (mine,) = (await home(world, voter)).ballots
    assert (mine.id, mine.group_id, mine.question) == (ballot.id, group.id, Question.OPEN_FOR_NEW_PEOPLE)
    assert (mine.closes_at, mine.has_voted) == (ballot.closes_at, False)
    await world.do.admission.cast_vote(voter, ballot.id, Choice.FOR)
    assert [each.has_voted for each in (await home(world, voter)).ballots] == [True]
    assert [each.has_voted for each in (await home(world, group.members[1])).ballots] == [False]
    assert (await home(world, late)).ballots == []
    assert [each.open_for_new_people for each in (await home(world, voter)).groups] == [False]
    await world.vote(ballot, group.members)
    found = await home(world, voter)
    assert (found.ballots, [each.open_for_new_people for each in found.groups]) == ([], [True])


async def test_a_ballot_that_is_due_is_counted_first(world: World) -> None:
    group, code = await world.open_group(3, seats=6)
    applicant, application = await world.applied(code)
    await world.do.admission.cast_vote(
        group.members[0], (await world.admission(group, application)).id, Choice.FOR
    )
    assert [each.stage for each in (await home(world, applicant)).applications] == [
        ApplicantStage.WITH_THE_GROUP
    ]
    world.forward(days=15)
    found = await home(world, applicant)  # nobody else has looked: two of three have not voted, and it lapses
    assert [each.stage for each in found.applications] == [ApplicantStage.NO_DECISION_YET]
    assert (await home(world, group.members[0])).ballots == []


@pytest.mark.hazard("B-13")
async def test_an_offer_vanishes_when_its_time_is_over(world: World) -> None:
    group, code = await world.open_group(3, seats=6)
    applicant, application = await world.applied(code)
    await world.vote(await world.admission(group, application), group.members)
    found = await home(world, applicant)
    (offer,) = found.offers
    assert (offer.kind, offer.application_id, offer.theme) == (
        HomeOfferKind.ENTRY,
        application.id,
        "Grief",
    )
    assert [each.stage for each in found.applications] == [ApplicantStage.PLACE_OFFERED]
    assert offer.expires_at is not None
    world.forward(days=13.9)
    assert len((await home(world, applicant)).offers) == 1
    world.forward(days=0.2)
    found = await home(world, applicant)
    assert found.offers == []
    assert [each.stage for each in found.applications] == [ApplicantStage.OFFER_ENDED]
    world.forward(days=30)
    assert (await home(world, applicant)).applications == []


@pytest.mark.rule("A-01")
async def test_an_invitation_ends_with_the_first_meeting(world: World) -> None:
    group = await world.forming(3)
    invited = await world.ready("invited")
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, invited.person_id)
    (offer,) = (await home(world, invited)).offers
    assert (offer.kind, offer.placement_id, offer.expires_at) == (
        HomeOfferKind.FOUNDING_PLACE,
        placement.id,
        None,
    )
    starts = world.now + timedelta(days=1)
    await world.do.meetings.plan_meeting(world.coordinator, group.id, starts, "Library")
    (offer,) = (await home(world, invited)).offers
    assert offer.expires_at == starts
    assert (await home(world, invited)).meetings == []
    world.forward(days=1)
    assert (await home(world, invited)).offers == []


async def test_applications_and_what_becomes_of_them(world: World) -> None:
    group, code = await world.open_group(3, seats=6)
    refused, application = await world.applied(code)
    withdrawn, other = await world.applied(code, "Another")
    await world.do.admission.withdraw_application(withdrawn, other.id)
    assert (await home(world, withdrawn)).applications == []
    await world.vote(await world.admission(group, application), group.members, Choice.AGAINST)
    (mine,) = (await home(world, refused)).applications
    assert (mine.stage, mine.alias, mine.group_id) == (ApplicantStage.NOT_THIS_TIME, "Newcomer", group.id)
    assert mine.message
    world.forward(days=29)
    assert len((await home(world, refused)).applications) == 1
    world.forward(days=1.1)
    assert (await home(world, refused)).applications == []


@pytest.mark.hazard("G-h9")
async def test_a_group_without_meetings_is_asked_how_it_is(world: World) -> None:
    group = await world.meeting(5)
    member = group.members[0]
    world.forward(days=41)
    assert [each.dormant for each in (await home(world, member)).groups] == [False]
    world.forward(days=1.1)
    found = await home(world, member)
    assert [(each.dormant, each.phase) for each in found.groups] == [(True, Phase.DORMANT)]
    assert (await world.do.groups.read_group(member, group.id)).phase is Phase.DORMANT
    await world.do.meetings.plan_meeting(member, group.id, world.now + timedelta(days=3), "Library")
    assert [each.dormant for each in (await home(world, member)).groups] == [False]
    assert (await world.do.groups.read_group(member, group.id)).phase is Phase.MEETING


@pytest.mark.rule("I-01", "I-09")
async def test_interest_and_intake(world: World) -> None:
    actor = await world.registered("looking")
    (place,) = (await home(world, actor)).organisations
    assert (place.interest, place.intake, place.training, place.my_roles) == (None, None, None, [])
    await world.do.intake.register_interest(actor, world.organisation, wishes(), True)
    await world.do.intake.declare_readiness(actor, world.organisation)
    (place,) = (await home(world, actor)).organisations
    assert place.interest is not None
    assert (place.interest.theme, place.interest.forms) == ("Grief", [Form.IN_PERSON, Form.PHONE])
    assert place.intake is not None
    assert (place.intake.outcome, place.intake.opens_groups) == (Outcome.GROUP, True)
    await world.policy(intake_mode=IntakeMode.CONVERSATION_REQUIRED)
    (place,) = (await home(world, actor)).organisations
    assert place.intake is not None
    assert not place.intake.opens_groups
    world.forward(days=366)
    (place,) = (await home(world, actor)).organisations
    assert (place.interest, place.intake is not None and place.intake.opens_groups) == (None, False)


@pytest.mark.rule("I-01")
@pytest.mark.hazard("I-h10")
async def test_an_intake_conversation_until_its_time_is_over(world: World) -> None:
    interviewer = await conversations(world)
    actor, assessment = await asked(world)
    (place,) = (await home(world, actor)).organisations
    assert place.conversation is not None
    assert (place.conversation.id, place.conversation.stage) == (assessment, AssessmentStage.ASKED)
    await appoint(world, assessment, interviewer)
    found = await home(world, actor)
    talk = found.organisations[0].conversation
    assert talk is not None
    assert (talk.stage, talk.form, talk.place) == (
        AssessmentStage.APPOINTED,
        Form.IN_PERSON,
        "The volunteer centre",
    )
    told = json.dumps(asdict(found), default=str)
    assert str(interviewer.person_id) not in told
    assert IN_MY_OWN_WORDS not in told
    assert (await home(world, interviewer)).organisations[0].conversation is None
    world.forward(days=3)
    talk = (await home(world, actor)).organisations[0].conversation
    assert talk is not None
    assert talk.stage is AssessmentStage.TIME_PASSED
    world.forward(days=30)
    assert (await home(world, actor)).organisations[0].conversation is None


@pytest.mark.rule("C-07", "V-05")
@pytest.mark.hazard("D-h5")
async def test_training_as_of_now(world: World) -> None:
    volunteer = await offered(world)
    found = await home(world, volunteer)
    training = found.organisations[0].training
    assert training is not None
    assert (training.status, training.missing_modules) == (VolunteerStatus.PROSPECTIVE, list(Module))
    assert found.declarations_due == []
    await found_suited(world, volunteer)
    found = await home(world, volunteer)
    assert [(each.organisation_id, each.group_id, each.shuts_out) for each in found.declarations_due] == [
        (world.organisation, None, False)
    ]
    await trained(world, volunteer=volunteer)
    found = await home(world, volunteer)
    training = found.organisations[0].training
    assert training is not None
    assert (training.status, training.missing, training.due) == (VolunteerStatus.ASSIGNABLE, [], [])
    assert training.next_status is VolunteerStatus.RENEWAL_DUE
    assert training.next_change_at is not None
    assert found.declarations_due == []
    world.travel.by += training.next_change_at - world.now + timedelta(minutes=1)
    training = (await home(world, volunteer)).organisations[0].training
    assert training is not None
    assert (training.status, training.due) == (VolunteerStatus.RENEWAL_DUE, [Requirement.SUPERVISION])


@pytest.mark.rule("C-07")
async def test_staff_owe_the_organisation_their_promise(world: World) -> None:
    actor = await world.registered("interviewer")
    await world.do.organisations.grant_role(
        world.administrator, world.organisation, actor.person_id, Role.INTERVIEWER
    )
    found = await home(world, actor)
    assert found.organisations[0].my_roles == [Role.INTERVIEWER]
    assert [(each.group_id, each.shuts_out) for each in found.declarations_due] == [(None, True)]
    await world.sign_for(actor)
    assert (await home(world, actor)).declarations_due == []


@pytest.mark.rule("R-08")
async def test_sign_ups_until_the_group_starts(world: World) -> None:
    course = await course_of(world)
    signer, mine = await signed_up(world, course)
    (found,) = (await home(world, signer)).sign_ups
    assert (found.id, found.course_title, found.group_place) == (mine.id, "Living with pain", "Library")
    world.forward(days=31)
    assert (await home(world, signer)).sign_ups == []


async def test_nothing_about_anybody_else(world: World) -> None:
    group, code = await world.open_group(4, seats=6)
    _, application = await world.applied(code, "Applicant")
    ballot = await world.admission(group, application)
    await world.vote(ballot, group.members[1:3])
    told = json.dumps(asdict(await home(world, group.members[0])), default=str)
    others = group.members[1:]
    assert [each for each in others if str(each.person_id) in told] == []
    assert "member0" in told
    assert [
        name for name in ("member1", "member2", "member3", "Applicant", "own words") if name in told
    ] == []
    assert [each.has_voted for each in (await home(world, group.members[0])).ballots] == [False]


async def test_one_screen_by_both_ways_and_its_etag(
    world: World, http: httpx.AsyncClient, token: Callable[[str], str]
) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    headers = {"authorization": f"Bearer {token(str(member.subject))}"}
    first = await http.get("/v1/me", headers=headers)
    assert [each["id"] for each in first.json()["home"]["groups"]] == [str(group.id)]
    again = await http.get("/v1/me", headers={**headers, "if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    await world.do.meetings.plan_meeting(member, group.id, world.now + timedelta(days=2), "Library")
    changed = await http.get("/v1/me", headers={**headers, "if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.json()["version"] == first.json()["version"]
    query = "{ readMe { ... on Me { version home { groups { id phase } meetings { place } } } } }"
    asked = await http.post("/graphql", json={"query": query}, headers=headers)
    assert asked.json()["data"]["readMe"] == {
        "version": first.json()["version"],
        "home": {
            "groups": [{"id": str(group.id), "phase": "MEETING"}],
            "meetings": [{"place": "Library"}],
        },
    }
