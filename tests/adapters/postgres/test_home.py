"""The home says what each list says, in as many statements however much there is."""

from datetime import timedelta

from app.domain.admission.application import ApplicantStage
from app.domain.admission.ballot import BallotStatus, Question
from app.domain.shared.actor import Actor
from app.domain.shared.ids import BallotId
from app.domain.volunteers.volunteer import RecruitmentSource
from app.services.admission.views import BallotView
from app.services.people.home_views import HomeView
from app.services.ports.paging import FIRST_PAGE
from app.services.registry import Services
from tests.adapters.postgres.test_statement_counts import Counter
from tests.parity.scene import Scene, play
from tests.support.courses_world import course_of
from tests.support.forming_world import ask, code_of
from tests.support.starters_world import assigned, first_planned, planned, starter
from tests.support.world import World


async def _home(world: World, actor: Actor) -> HomeView:
    found = (await world.do.people.read_me(actor)).home
    assert found is not None
    return found


async def _more(world: World, person: Actor) -> None:
    """A closed group that decides on something, an invitation, an application, a sign-up: one more of each."""
    do = world.do
    made = await world.forming(3)
    placement = await do.groups.invite_to_place(world.coordinator, made.id, person.person_id)
    await do.groups.accept_place(person, placement.id, "Everywhere")
    await do.groups.sign_declaration(person, made.id, world.signature())
    begins = world.now + timedelta(hours=1)
    await do.meetings.plan_meeting(world.coordinator, made.id, begins, "Library")
    world.forward(hours=2)
    await do.admission.open_ballot(person, made.id, Question.OPEN_FOR_NEW_PEOPLE)
    for days in (3, 5):
        await do.meetings.plan_meeting(person, made.id, world.now + timedelta(days=days), "Library")
    other = await world.forming(3)
    await do.groups.invite_to_place(world.coordinator, other.id, person.person_id)
    _, code = await world.open_group(3)
    await do.admission.apply(person, world.organisation, code, "Alke", "In my own words.", None)
    course = await do.courses.open_sign_up(world.coordinator, (await course_of(world)).id)
    await do.courses.sign_up_for_group(person, world.organisation, str(course.sign_up_code))


async def test_as_many_statements_however_much_there_is(world: World) -> None:
    counter = Counter()
    await counter.listen(world)
    person = await world.ready("everywhere")
    await world.do.volunteers.offer_to_volunteer(
        person, world.organisation, RecruitmentSource.FORMER_PARTICIPANT
    )
    await _more(world, person)
    few = await counter.of(lambda: world.do.people.read_me(person))
    await _more(world, person)
    await _more(world, person)
    many = await counter.of(lambda: world.do.people.read_me(person))
    found = await _home(world, person)
    lengths = [len(found.groups), len(found.meetings), len(found.ballots), len(found.offers)]
    assert [*lengths, len(found.applications), len(found.sign_ups)] == [3, 6, 3, 3, 3, 3]
    assert many == few
    assert 1 <= few <= 16, counter.seen


async def test_as_many_statements_however_many_groups_one_helps_and_waits_for(world: World) -> None:
    counter = Counter()
    await counter.listen(world)
    person = await starter(world)
    await world.do.intake.declare_readiness(person, world.organisation)

    async def one_more() -> None:
        other = await world.forming(3)
        await assigned(world, await world.forming(3), person)
        mine = await world.forming(3)
        _, view = await assigned(world, mine, person, max_meetings=1)
        await first_planned(world, mine)
        world.forward(hours=4)
        back = await planned(world, mine, 3)
        await world.do.starters.invite_visitor(mine.members[0], view.id, back.id)
        await ask(world, person, world.organisation, await code_of(world, world.coordinator, other.id))

    await one_more()
    few = await counter.of(lambda: world.do.people.read_me(person))
    await one_more()
    await one_more()
    many = await counter.of(lambda: world.do.people.read_me(person))
    found = await _home(world, person)
    assert [len(each) for each in (found.helping, found.visits, found.waiting)] == [3, 3, 3]
    assert many == few
    assert 1 <= few <= 16, counter.seen


async def test_the_home_says_what_the_lists_say(world: World) -> None:
    scene = await play(world)
    shown = 0
    for name, viewer in scene.viewers.items():
        if viewer.person is not None:
            shown += await _agrees(scene, name, viewer)
    assert shown >= 15


async def _agrees(scene: Scene, name: str, viewer: Actor) -> int:
    do, found = scene.world.do, await _home(scene.world, viewer)
    groups = await do.groups.list_my_groups(viewer)
    flags = ("id", "theme", "form", "phase", "my_standing", "vulnerable", "open_for_new_people", "ends_at")
    for flag in (*flags, "declaration_due"):
        assert [getattr(each, flag) for each in found.groups] == [getattr(each, flag) for each in groups], (
            name
        )
    upcoming = await do.meetings.list_upcoming(viewer, [each.id for each in groups], 3)
    meetings = sorted((m for each in upcoming.values() for m in each), key=lambda m: (m.starts_at, m.id))
    for flag in ("id", "group_id", "starts_at", "ends_at", "place", "place_type"):
        assert [getattr(each, flag) for each in found.meetings] == [getattr(each, flag) for each in meetings]
    assert [each.is_first for each in found.meetings] == [each.kind.is_first for each in meetings], name
    ballots: dict[BallotId, BallotView] = {}
    for group in groups:
        if group.my_standing == "member":
            page = await do.admission.list_ballots(viewer, group.id, FIRST_PAGE)
            ballots |= {each.id: each for each in page.items if each.status is BallotStatus.OPEN}
    votable = {key: each.my_vote.has_voted for key, each in ballots.items() if each.my_vote.on_the_roll}
    assert {each.id: each.has_voted for each in found.ballots} == votable, name
    applications = await do.admission.list_my_applications(viewer)
    said = {each.id: (each.stage, each.message) for each in applications}
    assert all(said[each.id] == (each.stage, each.message) for each in found.applications), name
    offered = {each.id for each in applications if each.stage is ApplicantStage.PLACE_OFFERED}
    assert {each.application_id for each in found.offers if each.application_id} == offered, name
    invitations = {each.id for each in await do.groups.list_my_invitations(viewer)}
    assert {each.placement_id for each in found.offers if each.placement_id} == invitations, name
    await _agrees_on_helping(do, found, viewer)
    sign_ups = [each.id for each in await do.courses.list_my_sign_ups(viewer)]
    assert [each.id for each in found.sign_ups] == sign_ups, name
    training = {
        each.organisation_id: each.status for each in await do.volunteers.list_my_volunteering(viewer)
    }
    assert {each.id: each.training.status for each in found.organisations if each.training} == training, name
    parts = (found.groups, found.meetings, found.ballots, found.offers, found.applications)
    return sum(len(part) for part in parts)


async def _agrees_on_helping(do: Services, found: HomeView, viewer: Actor) -> None:
    mine = [each for each in await do.starters.list_my_assignments(viewer) if each.status != "over"]
    said = {each.id: (each.organisation_id, each.group_id, each.status, each.ends_at) for each in mine}
    assert {
        each.id: (each.organisation_id, each.group_id, each.status, each.ends_at) for each in found.helping
    } == said
    groups = [each.group_id for each in mine if each.group_id is not None]
    upcoming = await do.meetings.list_upcoming(viewer, groups, 1)
    for each in found.helping:
        (there,) = (upcoming[each.group_id] if each.group_id is not None else ()) or (None,)
        here = each.next_meeting
        assert (here is None) == (there is None)
        if here is not None and there is not None:
            assert (here.id, here.starts_at, here.ends_at) == (there.id, there.starts_at, there.ends_at)
            assert (here.place, here.is_first) == (there.place, there.kind.is_first)
    visits = await do.starters.list_my_visits(viewer)
    assert [(each.id, each.place) for each in found.visits] == [(each.id, each.place) for each in visits]
    waiting = await do.groups.list_my_waiting(viewer)
    assert [(each.group_id, each.alias) for each in found.waiting] == [
        (each.group_id, each.alias) for each in waiting
    ]
