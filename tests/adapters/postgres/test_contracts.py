"""Every repository loads what was saved: each aggregate, with nothing at its default, there and back."""

from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.adapters.postgres.people import PostgresPersonalUnitOfWork
from app.adapters.postgres.tables.admission import ENVELOPE_LENGTH
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.admission.application import Application
from app.domain.admission.ballot import Ballot, Question, RollEntry
from app.domain.admission.questions import Subject
from app.domain.groups.declaration import Declaration, Signing
from app.domain.groups.ground_rules import AbsenceChannel, Agreement, GroundRules
from app.domain.groups.group import Form, Group
from app.domain.groups.leave import Leave
from app.domain.groups.membership import Membership, Placement
from app.domain.intake.outcome import IntakeOutcome, Method, Outcome
from app.domain.meetings.meeting import Meeting
from app.domain.meetings.place import PlaceType
from app.domain.meetings.series import Series
from app.domain.organisations.declaration import StaffDeclaration
from app.domain.organisations.organisation import Country, Level, Merger, Organisation, Registration, Role
from app.domain.organisations.policy import DecisionRuleName, IntakeMode, Policy, PolicySettings
from app.domain.people.person import AgeConfirmation, Person
from app.domain.shared.ids import (
    ApplicationId,
    BallotId,
    DeclarationId,
    GroundRulesId,
    GroupId,
    IntakeOutcomeId,
    MeetingId,
    MembershipId,
    PlacementId,
    organisation_id,
)
from app.services.ports.transaction import Door
from tests.support.world import World

WHEN = datetime(2090, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
LATER = WHEN + timedelta(days=1)


async def within(world: World, work: Callable[[PostgresUnitOfWork], Awaitable[Any]]) -> Any:
    """One transaction of the organisation, as the service's own role."""
    transact: Any = world.do.groups.form_group.transact

    async def clocked(tx: PostgresUnitOfWork) -> Any:
        await tx.read_clock()
        return await work(tx)

    return await transact.write(world.coordinator, world.organisation, clocked)


async def membership_of(world: World, tx: PostgresUnitOfWork, group: GroupId, alias: str) -> Membership:
    """Somebody who has just accepted a place, saved by the repositories."""
    actor = await world.ready()
    placement = Placement(
        id=PlacementId(tx.new_id()),
        organisation_id=world.organisation,
        group_id=group,
        person_id=actor.person_id,
        invited_at=WHEN,
        accepted_at=None,
        declined_at=None,
        withdrawn_at=None,
    )
    await tx.placements.add(placement)
    assert await tx.placements.lock(placement.id) == placement
    assert await tx.placements.group_of(placement.id, actor.person_id) == group
    placement.accept(LATER)
    await tx.placements.save(placement)
    assert await tx.placements.lock(placement.id) == placement
    membership = Membership(
        id=MembershipId(tx.new_id()),
        organisation_id=world.organisation,
        group_id=group,
        person_id=actor.person_id,
        alias=alias,
        placement_id=placement.id,
        ballot_id=None,
        generation=1,
        joined_at=WHEN,
        left_at=None,
    )
    await tx.memberships.add(membership)
    return membership


def a_group(world: World, tx: PostgresUnitOfWork) -> Group:
    return Group(
        id=GroupId(tx.new_id()),
        organisation_id=world.organisation,
        theme="Sorg",
        form=Form.PHONE,
        area="Tromsø",
        language="nn",
        seats=7,
        generation=1,
        generation_formed_at=WHEN,
        closed_for_new_at=None,
        first_meeting_at=None,
        opened_for_new_at=None,
        end=None,
        end_dropped_at=None,
        rules=None,
        created_at=WHEN,
        version=1,
    )


async def test_policy_role_and_staff_declaration(world: World) -> None:
    async def work(tx: PostgresUnitOfWork) -> None:
        policy = Policy(
            organisation_id=world.organisation,
            version=2,
            effective_from=LATER,
            settings=PolicySettings(
                intake_mode=IntakeMode.CONVERSATION_OPTIONAL,
                minimum_age=21,
                size_warn_below=4,
                size_start_min=5,
                size_max=7,
                ballot_rule=DecisionRuleName.THREE_QUARTERS,
                ballot_quorum_percent=66,
                ballot_window_days=21,
                entry_offer_days=9,
                application_wait_days=90,
                reapply_after_days=1,
                intake_valid_days=365,
                parallel_membership=False,
                starter_default_meetings=2,
                starter_max_meetings=4,
                starter_max_days=90,
                follow_up_after_meetings=5,
                supervision_every_days=90,
                course_every_days=365,
                network_meeting_every_days=180,
                renewal_window_days=30,
                dormant_after_days=28,
                recommendation_days=30,
                interest_days=180,
                assessment_text_days=30,
                appointment_no_show_days=14,
                suspend_starter_on_lapse=True,
                age_span_hint=15,
            ),
        )
        default = PolicySettings()
        told = {
            f.name for f in fields(default) if getattr(default, f.name) != getattr(policy.settings, f.name)
        }
        assert told == set(Policy.setting_names()) - {"youth_programme"}
        await tx.policies.add(policy)
        assert await tx.policies.newest() == policy
        assert await tx.policies.holding(LATER) == policy
        assert (await tx.policies.holding(tx.now)).version == 1
        actor = await world.registered()
        for role in Role:
            await tx.roles.grant(actor.person_id, role, WHEN)
        assert await tx.roles.of(actor.person_id) == frozenset(Role)
        assert await tx.roles.revoke(actor.person_id, Role.STARTER)
        assert not await tx.roles.revoke(actor.person_id, Role.STARTER)
        assert await tx.roles.of(actor.person_id) == frozenset(Role) - {Role.STARTER}
        signed = StaffDeclaration(
            organisation_id=world.organisation,
            person_id=actor.person_id,
            text_version="7",
            language="da",
            text_sha256="a" * 64,
            typed_name="Åse",
            signed_at=WHEN,
        )
        assert await tx.staff_declarations.put(signed) == signed

    await within(world, work)


async def test_registration(world: World) -> None:
    actor = await world.person()
    transact: Any = world.do.groups.form_group.transact

    async def work(tx: PostgresUnitOfWork) -> None:
        registration = Registration(
            organisation_id=world.organisation,
            person_id=actor.person_id,
            name="Åse",
            registered_at=WHEN,
        )
        assert not await tx.registrations.has(actor.person_id)
        assert await tx.registrations.put(registration) == registration
        renamed = replace(registration, name="Åse Marie", registered_at=LATER)
        assert await tx.registrations.put(renamed) == replace(renamed, registered_at=WHEN)
        assert await tx.registrations.has(actor.person_id)

    await transact.write(actor, world.organisation, work, door=Door.PUBLIC)


async def test_organisation(world: World) -> None:
    made = Organisation(
        id=organisation_id(world.organisation.int >> 32 & 0xFFFFFF | 1 << 29),
        name="Østre frivilligsentral",
        country=Country.DK,
        level=Level.DISTRICT,
        parent_id=world.organisation,
        municipalities=("5501", "5503"),
        time_zone="Europe/Copenhagen",
        created_at=WHEN,
        mergers=(Merger(on=date(2030, 1, 1), out_of=("5501", "5503"), into="5599"),),
    )

    async def work(tx: PostgresUnitOfWork) -> Organisation:
        await tx.organisations.add(made)
        return await tx.organisations.get(made.id)

    transact: Any = world.do.groups.form_group.transact
    assert await transact.write(world.administrator, made.id, work, door=Door.PUBLIC) == made


async def test_person(world: World) -> None:
    actor = await world.person("Ola", language="nn")
    personal: Any = world.do.people.read_me.transact_personally

    async def work(tx: PostgresPersonalUnitOfWork) -> None:
        person = Person(
            id=actor.person_id,
            chosen_name="Øla",
            languages=("nn", "da"),
            of_age_confirmed_at=WHEN,
            of_age_confirmed_by=AgeConfirmation.STRONG_LOGIN,
            introduced_at=WHEN,
            version=2,
        )
        before = await tx.find(actor.person_id)
        assert before is not None
        await tx.put(person)
        kept = {
            name: getattr(before, name)
            for name in ("of_age_confirmed_at", "of_age_confirmed_by", "introduced_at")
        }
        assert await tx.find(actor.person_id) == replace(person, **kept)

    await personal(actor, work)


async def test_intake_outcome(world: World) -> None:
    person = await world.registered()

    async def work(tx: PostgresUnitOfWork) -> None:
        for outcome, when in ((Outcome.GROUP, WHEN), (Outcome.OTHER_HELP, LATER)):
            made = IntakeOutcome(
                id=IntakeOutcomeId(tx.new_id()),
                organisation_id=world.organisation,
                person_id=person.person_id,
                outcome=outcome,
                method=Method.CONVERSATION,
                recorded_by=world.coordinator.person_id,
                signposted_to=("one", "two"),
                recorded_at=when,
                valid_until=when + timedelta(days=100),
            )
            await tx.intake_outcomes.add(made)
            assert await tx.intake_outcomes.latest(person.person_id) == made

    await within(world, work)


async def test_group_and_meeting(world: World) -> None:
    async def work(tx: PostgresUnitOfWork) -> None:
        group = a_group(world, tx)
        await tx.groups.add(group, "code-of-the-group")
        assert await tx.admission_reads.group_by_code("code-of-the-group") == group.id
        assert (await tx.standings.look(group.id, world.coordinator.person_id)).group == group
        group.theme, group.form, group.area, group.language = None, Form.VIDEO, "Bodø", "da"
        group.closed_for_new_at = LATER
        await tx.groups.save(group)
        assert group.version == 2
        assert (await tx.standings.lock(group.id, world.coordinator.person_id)).group == group
        meeting = Meeting(
            id=MeetingId(tx.new_id()),
            organisation_id=world.organisation,
            group_id=group.id,
            starts_at=LATER,
            minutes=95,
            place="Bibliotéket",
            place_type=PlaceType.PRIVATE_HOME,
            slot_at=WHEN,
            apart_at=None,
            replaced_at=None,
            cancelled_at=None,
            not_held_at=None,
            version=1,
        )
        await tx.meetings.add(meeting)
        assert await tx.meetings.lock(meeting.id) == meeting
        seen = (await tx.standings.look(group.id, world.coordinator.person_id)).group
        assert seen.first_meeting_at == meeting.starts_at
        meeting.starts_at, meeting.minutes, meeting.place = LATER + timedelta(days=1), 60, "Kirken"
        meeting.cancelled_at, meeting.not_held_at = WHEN, LATER
        meeting.apart_at, meeting.replaced_at, meeting.place_type = LATER, WHEN, PlaceType.PHONE
        await tx.meetings.save(meeting)
        assert meeting.version == 2
        assert await tx.meetings.lock(meeting.id) == meeting
        assert await tx.meetings.group_of(meeting.id) == group.id
        assert await tx.meetings.lock_of_series(group.id, WHEN) == []
        assert await tx.meetings.lock_of_series(group.id, WHEN - timedelta(days=1)) == [meeting]

    await within(world, work)


async def test_series(world: World) -> None:
    async def work(tx: PostgresUnitOfWork) -> None:
        group = a_group(world, tx)
        await tx.groups.add(group, "code-of-series")
        assert await tx.series.find(group.id) is None
        series = Series(
            organisation_id=world.organisation,
            group_id=group.id,
            first_local=datetime.fromisoformat("2030-10-03T18:30"),
            time_zone="Atlantic/Faroe",
            weekly_meetings=5,
            then_every_weeks=3,
            until=date(2031, 6, 1),
            minutes=90,
            place="Kirken",
            place_type=PlaceType.CHURCH,
            planned_until=WHEN,
            ended_at=None,
            version=1,
        )
        await tx.series.save(series)
        assert await tx.series.find(group.id) == await tx.series.lock(group.id) == series
        assert await tx.series.short([group.id], LATER) == [group.id]
        assert await tx.series.short([group.id], WHEN) == []
        changed = replace(
            series,
            first_local=datetime.fromisoformat("2030-11-03T09:15"),
            time_zone="Europe/Oslo",
            weekly_meetings=0,
            then_every_weeks=1,
            until=None,
            minutes=60,
            place="Hjemme",
            place_type=PlaceType.PRIVATE_HOME,
            planned_until=LATER,
            ended_at=WHEN,
            version=2,
        )
        await tx.series.save(changed)
        assert await tx.series.find(group.id) == changed
        assert await tx.series.short([group.id], LATER + timedelta(days=1)) == []

    await within(world, work)


async def test_placement_membership_and_declaration(world: World) -> None:
    async def work(tx: PostgresUnitOfWork) -> None:
        group = a_group(world, tx)
        await tx.groups.add(group, "code-of-members")
        membership = await membership_of(world, tx, group.id, "Ælias")
        assert await tx.memberships.get_own(group.id, membership.person_id) == membership
        assert await tx.memberships.is_in(group.id, membership.id)
        witness = await membership_of(world, tx, group.id, "Witness")
        for signer, how in ((membership.id, Signing.IN_APP), (witness.id, Signing.ON_PAPER)):
            declaration = Declaration(
                id=DeclarationId(tx.new_id()),
                organisation_id=world.organisation,
                group_id=group.id,
                generation=1,
                membership_id=signer,
                how=how,
                text_version="9",
                language="nn",
                text_sha256="b" * 64,
                typed_name="Kåre" if how is Signing.IN_APP else None,
                witnessed_by=membership.id if how is Signing.ON_PAPER else None,
                signed_at=WHEN,
            )
            assert await tx.declarations.add(declaration)
            assert await tx.declarations.get(group.id, 1, signer) == declaration
            assert not await tx.declarations.add(replace(declaration, id=DeclarationId(tx.new_id())))
        await tx.read_clock()
        assert set(await tx.standings.electorate(group.id)) == {membership.id, witness.id}
        membership.leave(LATER)
        # Nobody ends a membership but who it belongs to (left_by_oneself).
        await tx.work.connection.execute(f"select set_config('app.person', '{membership.person_id}', true)")
        await tx.memberships.save(membership)
        assert await tx.standings.electorate(group.id) == [witness.id]
        assert not await tx.memberships.is_in(group.id, membership.id)

    await within(world, work)


async def test_leave_and_ground_rules(world: World) -> None:
    async def work(tx: PostgresUnitOfWork) -> None:
        group = a_group(world, tx)
        await tx.groups.add(group, "code-of-own-affairs")
        membership = await membership_of(world, tx, group.id, "Away")
        leave = Leave(
            organisation_id=world.organisation,
            group_id=group.id,
            membership_id=membership.id,
            starts_at=WHEN,
            ends_at=LATER,
        )
        for each in (leave, replace(leave, starts_at=LATER, ends_at=LATER + timedelta(days=1))):
            await tx.leaves.put(each)
            assert await tx.leaves.find(membership.id) == each
        await tx.leaves.end(membership.id)
        assert await tx.leaves.find(membership.id) is None
        said = Agreement(
            rhythm="Øvrig torsdag",
            absence_channel=AbsenceChannel.OTHER,
            absence_hours=12,
            refreshments="Te",
            breaks="Etter en time",
            decision_rule="unanimous",
            points=("Én om gangen", "Ingen telefon"),
        )
        for agreement in (said, Agreement()):
            rules = GroundRules(
                id=GroundRulesId(tx.new_id()),
                organisation_id=world.organisation,
                group_id=group.id,
                drafted_at=WHEN,
                agreement=agreement,
                adopted_at=None,
            )
            await tx.ground_rules.add(rules)
            assert await tx.ground_rules.find(rules.id) == rules

    await within(world, work)


async def test_application_and_ballot(world: World) -> None:
    group = await world.meeting(4)
    applicant = await world.ready()
    views = [await world.do.groups.read_group(member, group.id) for member in group.members]
    roll = [view.my_membership_id for view in views if view.my_membership_id is not None]

    async def work(tx: PostgresUnitOfWork) -> None:
        application = Application(
            id=ApplicationId(tx.new_id()),
            organisation_id=world.organisation,
            group_id=group.id,
            applicant_id=applicant.person_id,
            alias="Fòx",
            introduction="Line one.\nLine two.",
            known_as="Kari",
            applied_at=tx.now,
            waits_until=LATER,
            withdrawn_at=None,
            declined_at=None,
            entered_at=None,
            last_ballot=None,
        )
        await tx.applications.add(application)
        assert await tx.applications.find(application.id) == application
        assert await tx.applications.last_of(group.id, applicant.person_id) == application
        ballot = Ballot(
            id=BallotId(tx.new_id()),
            organisation_id=world.organisation,
            group_id=group.id,
            generation=1,
            question=Question.ADMISSION,
            subject=Subject(application_id=application.id, applicant_id=applicant.person_id),
            rule="three_quarters",
            quorum_percent=66,
            secret=True,
            opened_at=tx.now,
            closes_at=tx.now + timedelta(days=14),
            public_key=bytes(range(32)),
            withdrawn_at=None,
            voided_at=None,
            verdict=None,
            roll={member: RollEntry(membership_id=member) for member in roll},
        )
        await tx.ballots.add(ballot)
        assert await tx.ballots.lock(ballot.id) == ballot
        assert await tx.ballots.lock_live(group.id) == [ballot]
        ballot.admit_vote(roll[0], tx.now)
        await tx.ballots.put_vote(ballot.id, roll[0], bytes(ENVELOPE_LENGTH))
        assert await tx.ballots.find(ballot.id) == ballot
        joined = await tx.applications.lock(application.id)
        assert joined.last_ballot is not None
        assert joined.last_ballot.ballot_id == ballot.id
        ballot.withdraw(tx.now)
        for entry in ballot.roll.values():
            entry.has_voted = False
        await tx.ballots.end(ballot)
        assert await tx.ballots.find(ballot.id) == ballot
        assert await tx.ballots.live(group.id) == []
        application.withdraw(tx.now)
        await tx.applications.save(application)
        found = await tx.applications.find(application.id)
        assert found is not None
        assert replace(found, last_ballot=None) == application

    await within(world, work)
