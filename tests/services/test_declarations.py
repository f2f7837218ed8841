"""The declaration of confidentiality in a group's life: hazards D-h1, D-h2, D-h4; rules C-01, C-02, C-06, C-08."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.admission.ballot import Question
from app.domain.groups.declaration import Signing
from app.domain.groups.errors import (
    DeclarationNeeded,
    DeclarationTextChanged,
    GroupNotFound,
    MemberNotFound,
    WitnessNotPossible,
)
from app.domain.groups.standing import Standing
from app.domain.intake.outcome import Outcome
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import Role
from app.services.ports.paging import FIRST_PAGE
from tests.services.conftest import Look
from tests.support.world import World


@pytest.mark.hazard("D-h1")
async def test_d_h1_unsigned_is_no_names_no_link_and_no_vote(world: World) -> None:
    group = await world.forming(4, sign=False)
    await world.do.meetings.plan_meeting(
        world.coordinator, group.id, world.now + timedelta(hours=1), "Library"
    )
    unsigned, *others = group.members
    seen = await world.do.groups.read_group(unsigned, group.id)
    assert (seen.my_standing, seen.members, seen.declaration_due) == (Standing.UNSIGNED, None, True)
    assert seen.next_meeting is not None
    assert seen.next_meeting.place == "Library"
    for member in others:
        await world.do.groups.sign_declaration(member, group.id, world.signature())
    world.forward(hours=2)
    planned = await world.do.meetings.plan_meeting(
        others[0], group.id, world.now + timedelta(days=7), "https://video.example/room"
    )
    assert (await world.do.meetings.read_meeting(unsigned, planned.id)).place is None
    assert (await world.do.meetings.read_meeting(others[0], planned.id)).place
    with pytest.raises(DeclarationNeeded):
        await world.do.admission.open_ballot(unsigned, group.id, Question.OPEN_FOR_NEW_PEOPLE)
    with pytest.raises(DeclarationNeeded):
        await world.do.admission.list_ballots(unsigned, group.id, FIRST_PAGE)
    with pytest.raises(DeclarationNeeded):
        await world.do.meetings.plan_meeting(unsigned, group.id, world.now + timedelta(days=1), "Here")
    with pytest.raises(DeclarationNeeded):
        await world.do.groups.close_for_new_people(unsigned, group.id)
    await world.do.groups.sign_declaration(unsigned, group.id, world.signature())
    seen = await world.do.groups.read_group(unsigned, group.id)
    assert seen.members is not None
    assert len(seen.members) == 4


@pytest.mark.rule("C-08")
async def test_c08_the_group_sees_who_has_not_signed(world: World) -> None:
    group = await world.forming(3, sign=False)
    await world.do.groups.sign_declaration(group.members[0], group.id, world.signature())
    seen = await world.do.groups.read_group(group.members[0], group.id)
    assert sorted(member.signed for member in seen.members or []) == [False, False, True]


@pytest.mark.hazard("D-h2")
async def test_d_h2_a_signature_on_paper_is_witnessed_by_a_member_who_has_signed(world: World) -> None:
    group = await world.forming(3, sign=False)
    witness, signer, third = group.members
    await world.do.groups.sign_declaration(witness, group.id, world.signature())
    mine = (await world.do.groups.read_group(signer, group.id)).my_membership_id
    own = (await world.do.groups.read_group(witness, group.id)).my_membership_id
    assert mine is not None
    assert own is not None
    with pytest.raises(DeclarationNeeded):
        await world.do.groups.witness_declaration(third, group.id, mine, "nb")
    with pytest.raises(WitnessNotPossible):
        await world.do.groups.witness_declaration(witness, group.id, own, "nb")
    with pytest.raises(GroupNotFound):
        await world.do.groups.witness_declaration(world.coordinator, group.id, mine, "nb")
    seen = await world.do.groups.witness_declaration(witness, group.id, mine, "nb")
    assert (seen.how, seen.membership_id) == (Signing.ON_PAPER, mine)
    assert (await world.do.groups.read_group(signer, group.id)).my_standing is Standing.MEMBER
    await world.do.groups.leave_group(signer, group.id)
    with pytest.raises(MemberNotFound):
        await world.do.groups.witness_declaration(witness, group.id, mine, "nb")


@pytest.mark.rule("C-02")
async def test_c02_nobody_signs_words_that_do_not_hold(world: World) -> None:
    group = await world.forming(3, sign=False)
    for signature in (
        replace(world.signature(), text_sha256="0" * 64),
        replace(world.signature(), text_version="0"),
    ):
        with pytest.raises(DeclarationTextChanged):
            await world.do.groups.sign_declaration(group.members[0], group.id, signature)


@pytest.mark.rule("C-06")
async def test_c06_the_first_signature_stands(world: World, look: Look) -> None:
    group = await world.forming(3, sign=False)
    first = await world.do.groups.sign_declaration(group.members[0], group.id, world.signature("Kari"))
    again = await world.do.groups.sign_declaration(group.members[0], group.id, world.signature("Ola"))
    assert again == first
    rows = await look("select typed_name, typed_name_sealed from declaration where group_id = $1", group.id)
    assert [(row["typed_name"], row["typed_name_sealed"] is not None) for row in rows] == [(None, True)]


@pytest.mark.rule("C-01")
async def test_c01_whoever_enters_by_ballot_signs_at_the_door(world: World) -> None:
    group, code = await world.open_group()
    actor, application = await world.applied(code)
    await world.vote(await world.admission(group, application), group.members)
    wrong = replace(world.signature(), text_sha256="0" * 64)
    with pytest.raises(DeclarationTextChanged):
        await world.do.admission.accept_entry(actor, application.id, wrong)
    await world.do.admission.accept_entry(actor, application.id, world.signature())
    assert (await world.do.groups.read_group(actor, group.id)).my_standing is Standing.MEMBER


@pytest.mark.hazard("D-h4")
async def test_d_h4_the_proof_outlives_the_membership(world: World, look: Look) -> None:
    group = await world.meeting(4)
    await world.do.groups.leave_group(group.members[0], group.id)
    assert len(await look("select from declaration where group_id = $1", group.id)) == 4


@pytest.mark.rule("C-07")
async def test_c07_staff_promise_confidentiality_before_they_meet_anybody(world: World) -> None:
    """C-07, D-h5: unsigned, neither a coordinator nor an interviewer comes near to people."""
    staff, person = await world.registered("staff"), await world.ready("person")
    for role in (Role.COORDINATOR, Role.INTERVIEWER):
        await world.do.organisations.grant_role(
            world.administrator, world.organisation, staff.person_id, role
        )
    group = await world.forming(3)
    attempts: list[Callable[[], Awaitable[object]]] = [
        lambda: world.do.organisations.list_registrations(staff, world.organisation, FIRST_PAGE),
        lambda: world.do.groups.invite_to_place(staff, group.id, person.person_id),
        lambda: world.do.groups.list_placements(staff, group.id),
        lambda: world.do.intake.record_outcome(
            staff, world.organisation, person.person_id, Outcome.GROUP, []
        ),
    ]
    for attempt in attempts:
        with pytest.raises(StaffDeclarationNeeded):
            await attempt()
    await world.sign_for(staff)
    for attempt in attempts:
        await attempt()


@pytest.mark.hazard("D-h5")
async def test_d_h5_staff_see_no_names_whether_or_not_they_have_signed(world: World) -> None:
    """D-h5, C-09: there is no signature by which staff come to see a closed group from inside."""
    group = await world.meeting(4)
    seen = await world.do.groups.read_group(world.coordinator, group.id)
    assert (seen.members, seen.member_count, seen.next_meeting, seen.generation) == (None, None, None, None)
    with pytest.raises(GroupNotFound):
        await world.do.groups.sign_declaration(world.coordinator, group.id, world.signature())
