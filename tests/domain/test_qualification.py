"""What a training record amounts to, as of any instant."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from app.domain.volunteers.criteria import REQUIRED, WELCOME, QualityKey, shipped
from app.domain.volunteers.errors import EntryDoesNotFit, QualitiesMissing, QualityNeeded
from app.domain.volunteers.qualification import (
    Qualification,
    Requirement,
    VolunteerStatus,
    prospect,
    qualification,
)
from app.domain.volunteers.training_record import (
    Continuing,
    ConversationOutcome,
    EntryContent,
    EntryKind,
    Module,
    TrainingRecord,
)
from tests.support.training import HERE, MOMENT, content, day, policy, record, trained

POLICY = policy(
    supervision_every_days=100, course_every_days=400, network_meeting_every_days=300, renewal_window_days=20
)


def look(made: TrainingRecord, at: float | datetime, *policies: Any) -> Qualification:
    moment = at if isinstance(at, datetime) else day(at)
    return qualification(made, policies or [POLICY], moment)


@pytest.mark.rule("V-01", "V-04", "V-05", "C-07")
@pytest.mark.hazard("D-h5")
def test_it_takes_offer_conversation_every_module_and_the_declaration() -> None:
    whole = trained()
    steps = [
        (record(*whole, offered=None), VolunteerStatus.PROSPECTIVE, (Requirement.OFFER,)),
        (record(*whole[1:]), VolunteerStatus.PROSPECTIVE, (Requirement.CONVERSATION,)),
        (record(*whole[:3]), VolunteerStatus.IN_TRAINING, (Requirement.INTRODUCTION,)),
        (record(*whole, declared=None), VolunteerStatus.IN_TRAINING, (Requirement.DECLARATION,)),
    ]
    for made, status, first_missing in steps:
        found = look(made, 2)
        assert (found.status, found.is_assignable) == (status, False)
        assert found.missing[:1] == first_missing
    found = look(record(*whole), 2)
    assert (found.status, found.is_assignable, found.missing) == (VolunteerStatus.ASSIGNABLE, True, ())


@pytest.mark.rule("V-05")
def test_it_names_the_modules_that_are_missing() -> None:
    made = record(
        content(EntryKind.CONVERSATION, 1), content(EntryKind.INTRODUCTION, 1, module=Module.VALUES)
    )
    assert look(made, 2).missing_modules == (Module.METHOD, Module.PRINCIPLES)


@pytest.mark.rule("V-01")
@pytest.mark.parametrize("outcome", [ConversationOutcome.NOT_NOW, ConversationOutcome.NOT_SUITED])
def test_the_latest_conversation_counts(outcome: ConversationOutcome) -> None:
    made = record(*trained(), content(EntryKind.CONVERSATION, 10, outcome=outcome))
    assert look(made, day(10) - MOMENT).is_assignable
    found = look(made, 10)
    assert (found.status, found.missing) == (VolunteerStatus.PROSPECTIVE, (Requirement.CONVERSATION,))


@pytest.mark.rule("V-06", "V-07")
@pytest.mark.hazard("S-h5")
def test_it_warns_ahead_and_lapses_and_says_when() -> None:
    made = record(*trained())
    found = look(made, 2)
    assert (found.next_change_at, found.next_status) == (day(81), VolunteerStatus.RENEWAL_DUE)
    due = look(made, 81)
    assert (due.status, due.is_assignable) == (VolunteerStatus.RENEWAL_DUE, True)
    assert [(state.requirement, state.until) for state in due.due] == [(Requirement.SUPERVISION, day(101))]
    assert (due.next_change_at, due.next_status) == (day(101), VolunteerStatus.LAPSED)
    lapsed = look(made, 101)
    assert (lapsed.status, lapsed.is_assignable) == (VolunteerStatus.LAPSED, False)
    assert lapsed.missing == (Requirement.SUPERVISION,)
    assert look(made, 2000).missing == (
        Requirement.COURSE,
        Requirement.NETWORK_MEETING,
        Requirement.SUPERVISION,
    )


@pytest.mark.rule("V-06", "V-07")
@pytest.mark.parametrize("kind", [EntryKind.COURSE, EntryKind.NETWORK_MEETING, EntryKind.SUPERVISION])
def test_each_requirement_holds_from_its_own_last_entry(kind: EntryKind) -> None:
    days = {
        EntryKind.COURSE: POLICY.settings.course_every_days,
        EntryKind.NETWORK_MEETING: POLICY.settings.network_meeting_every_days,
        EntryKind.SUPERVISION: POLICY.settings.supervision_every_days,
    }
    made = record(*trained(), content(kind, 50), content(kind, 30))
    until = {state.requirement.value: state.until for state in look(made, 60).requirements}
    assert until[kind.value] == day(50 + days[kind])
    assert {until[other.value] for other in days if other is not kind} == {
        day(1 + days[other]) for other in days if other is not kind
    }


def test_an_exemption_stands_in_for_what_is_missing_and_ends_by_itself() -> None:
    exempt = content(EntryKind.EXEMPTION, 90, until=day(200))
    made = record(*trained(), exempt)
    assert look(made, 95).status is VolunteerStatus.ASSIGNABLE
    found = look(made, 150)
    assert (found.status, found.is_assignable) == (VolunteerStatus.EXEMPT, True)
    assert (found.next_change_at, found.next_status) == (day(180), VolunteerStatus.RENEWAL_DUE)
    assert look(made, 200).status is VolunteerStatus.LAPSED


@pytest.mark.rule("V-04", "C-07")
def test_nobody_is_exempt_from_what_comes_first() -> None:
    assert {each.value for each in Continuing} == {"course", "network_meeting", "supervision"}


def test_who_has_resigned_is_not_assignable_until_they_are_back() -> None:
    made = record(*trained(), content(EntryKind.RESIGNATION, 10), content(EntryKind.RETURN, 20))
    assert [look(made, at).status for at in (9, 10, 19, 20)] == [
        VolunteerStatus.ASSIGNABLE,
        VolunteerStatus.RESIGNED,
        VolunteerStatus.RESIGNED,
        VolunteerStatus.ASSIGNABLE,
    ]
    assert look(made, 12).next_change_at == day(20)


def test_the_policy_that_holds_then_decides_and_is_named() -> None:
    later = policy(2, 50, supervision_every_days=30, renewal_window_days=14)
    made = record(*trained())
    assert look(made, 49, POLICY, later).policy_version == 1
    found = look(made, 2, POLICY, later)
    assert (found.next_change_at, found.next_status) == (day(50), VolunteerStatus.LAPSED)
    after = look(made, 50, POLICY, later)
    assert (after.policy_version, after.missing) == (2, (Requirement.SUPERVISION,))
    replaced = policy(3, 40)
    assert look(made, 60, POLICY, later, replaced).policy_version == 3


def test_until_when_somebody_stays_assignable_without_a_break() -> None:
    made = record(*trained(), content(EntryKind.SUPERVISION, 90))
    assert prospect(made, [POLICY], day(2))[1] == day(190)
    assert prospect(made, [POLICY], day(0))[1] == day(0)
    broken = record(*trained(), content(EntryKind.SUPERVISION, 120))
    assert prospect(broken, [POLICY], day(2))[1] == day(101)


@pytest.mark.rule("V-03")
def test_suited_takes_the_qualities_that_the_criteria_ask_for() -> None:
    asked, ours = REQUIRED["1"], shipped(HERE, day(0))
    for left_out in asked:
        seen = tuple(each for each in asked if each != left_out)
        with pytest.raises(QualitiesMissing):
            content(EntryKind.CONVERSATION, 1, qualities=seen).require_judged_by(ours)
    not_now = content(EntryKind.CONVERSATION, 1, outcome=ConversationOutcome.NOT_NOW, qualities=())
    not_now.require_judged_by(ours)
    with pytest.raises(EntryDoesNotFit):
        content(EntryKind.CONVERSATION, 1, qualities=(*asked, "a_diploma")).require_judged_by(ours)
    with pytest.raises(EntryDoesNotFit):
        content(EntryKind.CONVERSATION, 1, criteria_version="2").require_judged_by(ours)


@pytest.mark.rule("V-02", "V-03")
def test_v03_criteria_ask_for_one_personal_quality_at_least_and_for_none_twice() -> None:
    assert {each.value for each in QualityKey} == {*REQUIRED["1"], *WELCOME["1"]}
    frames, listens = QualityKey.KEEPS_FRAMES, QualityKey.LISTENS
    wrong: list[tuple[tuple[QualityKey, ...], tuple[QualityKey, ...]]] = [
        ((), (listens,)),
        ((listens, listens), ()),
        ((listens,), (frames, listens)),
    ]
    for required, welcome in wrong:
        with pytest.raises(QualityNeeded):
            replace(shipped(HERE, day(0)), required=required, welcome=welcome)
    own = replace(shipped(HERE, day(0)), version=2, required=(frames,), welcome=())
    content(EntryKind.CONVERSATION, 1, criteria_version="2", qualities=("keeps_frames",)).require_judged_by(
        own
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": EntryKind.INTRODUCTION},
        {"kind": EntryKind.COURSE, "module": Module.METHOD},
        {"kind": EntryKind.CONVERSATION, "outcome": ConversationOutcome.NOT_NOW},
        {"kind": EntryKind.SUPERVISION, "qualities": ("listens",)},
        {"kind": EntryKind.STRUCK},
        {"kind": EntryKind.EXEMPTION, "requirement": Continuing.COURSE},
    ],
)
def test_an_entry_holds_what_belongs_to_its_kind_and_all_of_it(wrong: dict[str, Any]) -> None:
    with pytest.raises(EntryDoesNotFit):
        EntryContent(happened_at=day(1), **wrong)


@pytest.mark.parametrize("until", [day(1), day(0), day(368)])
def test_an_exemption_ends_after_it_begins_and_within_a_year(until: datetime) -> None:
    with pytest.raises(EntryDoesNotFit):
        content(EntryKind.EXEMPTION, 1, until=until)
    content(EntryKind.EXEMPTION, 1, until=day(367))


def test_a_correction_counts_for_the_past_too() -> None:
    wrong = content(EntryKind.SUPERVISION, 95)
    made = record(*trained(), wrong)
    right = replace(content(EntryKind.SUPERVISION, 5), corrects=made.entries[-1].id)
    assert look(made, 150).is_assignable
    corrected = record(*trained(), wrong, right)
    assert look(corrected, 150).status is VolunteerStatus.LAPSED
    assert look(corrected, 10).due == look(record(*trained(), content(EntryKind.SUPERVISION, 5)), 10).due
