"""What is shown of starters, to whom: the one place that redacts it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from app.domain.groups.standing import Standing
from app.domain.shared.ids import (
    AssignmentId,
    GroupId,
    OrganisationId,
    PersonId,
)
from app.domain.starters.assignment import Assignment, AssignmentStatus, GroupMeeting, status_of
from app.domain.starters.exit_limit import ExitStep, ExitVersion, Party
from app.domain.volunteers.qualification import Qualification, VolunteerStatus
from app.services.ports.repositories import Seen
from app.services.ports.texts import Words
from app.services.ports.view import DESCRIBED
from app.services.starters.ports import AssignmentFacts

TOPIC = "starters"
"""The file of texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitVersionView:
    """One version of an exit. All are kept (T1)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    number: int
    """1 is the one that was fixed with the assignment."""
    step: ExitStep
    """What made it."""
    by: Party
    """Whose decision it was; within the group nobody is named."""
    latest_date: date | None
    """The last day, if one was agreed."""
    max_meetings: int | None
    """After how many held meetings, if that was agreed."""
    recorded_at: datetime
    """When, UTC."""

    @staticmethod
    def of(version: ExitVersion) -> "ExitVersionView":
        """The version."""
        return ExitVersionView(
            number=version.number,
            step=version.step,
            by=version.by,
            latest_date=version.limit.latest_date,
            max_meetings=version.limit.max_meetings,
            recorded_at=version.recorded_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Who looks at assignments, when, and in which language."""

    seen: Seen
    person: PersonId
    now: datetime
    zone: str
    rests_on_lapse: bool
    words: Words
    language: str
    follow_up_after: int
    """After how many meetings on its own a follow-up is proposed to the group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentView:
    """A starter's help for a group, and the exit that was fixed before it began (X-01)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: AssignmentId
    """Id of the assignment."""
    organisation_id: OrganisationId
    """The organisation that sends the starter."""
    group_id: GroupId
    """The group."""
    person_id: PersonId | None
    """Who helps. Coordinators, and the starter themselves."""
    name: str | None
    """The name by which the organisation knows them; null for somebody who has been erased."""
    status: AssignmentStatus
    """Computed: at the exit it is over, whether or not anybody was looking."""
    assigned_at: datetime
    """Since when, UTC."""
    latest_date: date
    """The last day on which the starter may be there, the organisation's ceiling included."""
    max_meetings: int
    """After how many held meetings they leave at the latest, the organisation's ceiling included."""
    ends_at: datetime
    """When it ends or has ended, as things stand, UTC. Coordinators see the latest possible time until it is over."""
    exit_in_words: str
    """The exit in a sentence, for everybody in the group to know beforehand (X-04, X-11)."""
    confirmed: bool
    """Whether the group has confirmed it at its second meeting (X-05)."""
    exit_versions: list[ExitVersionView]
    """Every version of the exit, the first one first."""
    replaces_id: AssignmentId | None
    """The assignment whose rest this one has taken over."""
    meetings_held: int | None
    """How many of the meetings that count have begun. Members and starters."""
    follow_up_on: date | None
    """The day agreed for a follow-up (X-08). Members and starters."""
    follow_up_due: bool | None
    """Whether the last meeting together has come and no follow-up is agreed: a reminder, no more. Members."""
    follow_up_after_meetings: int | None
    """After how many meetings on its own a follow-up is proposed. Members."""
    leader_hunt_due: bool | None
    """Whether it is the time in which a group typically looks for a leader: there is guidance on it (X-13). Members."""
    intake_conflict: bool | None
    """Whether they held the intake conversation of somebody who has or wants a place in the group (V-16). Coordinators; of
    a closed group only what they have acknowledged."""
    training: VolunteerStatus | None
    """How their training stands, as long as it goes on. Coordinators, and the starter themselves (S-h5)."""
    advice: list[str]
    """What is worth thinking of; it blocks nothing."""

    @staticmethod
    def of(
        facts: AssignmentFacts,
        meetings: Sequence[GroupMeeting],
        training: Qualification | None,
        looking: Looking,
        *,
        alone: bool,
    ) -> "AssignmentView":
        """The assignment as whoever looks may see it.

        `training` is known for an assignment that goes on; `alone`: there is no second starter.
        """
        assignment, now, seen = facts.assignment, looking.now, looking.seen
        bounds, ends_at = assignment.bounds, assignment.ends_at(meetings)
        rests = looking.rests_on_lapse and training is not None and not training.is_assignable
        status = status_of(ends_at=ends_at, rests=rests, now=now)
        staff = seen.standing is Standing.COORDINATOR
        own = assignment.person_id == looking.person
        starter = seen.standing is Standing.STARTER
        inside = not staff and not starter
        over = status is AssignmentStatus.OVER
        closed = seen.group.is_closed(now)
        return AssignmentView(
            id=assignment.id,
            organisation_id=assignment.organisation_id,
            group_id=assignment.group_id,
            person_id=assignment.person_id if staff or own else None,
            name=facts.name,
            status=status,
            assigned_at=assignment.assigned_at,
            latest_date=last_day(bounds.until, looking.zone),
            max_meetings=bounds.meetings,
            ends_at=bounds.until if staff and closed and not over else ends_at,
            exit_in_words=_in_words(assignment, status, ends_at, looking),
            confirmed=any(version.step is ExitStep.CONFIRMED for version in assignment.exit_versions),
            exit_versions=[ExitVersionView.of(version) for version in assignment.exit_versions],
            replaces_id=assignment.replaces_id,
            meetings_held=None if staff else assignment.held(meetings, now),
            follow_up_on=None if staff else assignment.follow_up_on,
            follow_up_due=assignment.follow_up_is_due(meetings, now) if inside else None,
            follow_up_after_meetings=looking.follow_up_after if inside else None,
            leader_hunt_due=assignment.leader_hunt_is_due(meetings, now) if inside else None,
            intake_conflict=_conflict(facts, closed=closed) if staff else None,
            training=training.status if training is not None and not over and (staff or own) else None,
            advice=_advice(facts, training, looking, staff=staff, own=own, alone=alone, over=over),
        )


def last_day(until: datetime, zone: str) -> date:
    """The last day before an end, as a date of the organisation's time zone."""
    return (until - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()


def _in_words(assignment: Assignment, status: AssignmentStatus, ends_at: datetime, looking: Looking) -> str:
    bounds = assignment.bounds
    shown = bounds.until if status is not AssignmentStatus.OVER else ends_at
    return looking.words.say(
        TOPIC,
        f"exit.{status}",
        looking.language,
        meetings=bounds.meetings,
        date=last_day(shown, looking.zone).isoformat(),
    )


def _conflict(facts: AssignmentFacts, *, closed: bool) -> bool:
    return facts.assignment.conflict_acknowledged or (facts.held_intake and not closed)


def _advice(
    facts: AssignmentFacts,
    training: Qualification | None,
    looking: Looking,
    *,
    staff: bool,
    own: bool,
    alone: bool,
    over: bool,
) -> list[str]:
    """V-09, V-16, S-h5: for whoever can do something about it."""
    if over:
        return []
    found = []
    if staff and alone and not looking.seen.group.is_closed(looking.now):
        found.append("advice.two_starters")
    if staff and _conflict(facts, closed=looking.seen.group.is_closed(looking.now)):
        found.append("advice.intake_conflict")
    if staff or own:
        found += training_advice(training, rests_on_lapse=looking.rests_on_lapse)
    return [looking.words.say(TOPIC, key, looking.language) for key in found]


def training_advice(training: Qualification | None, *, rests_on_lapse: bool) -> list[str]:
    """Keys of what there is to say ahead of a lapse, and in one (S-h5)."""
    if training is None:
        return []
    if not training.is_assignable:
        return ["advice.lapsed_rests" if rests_on_lapse else "advice.lapsed"]
    return ["advice.renewal_due"] if training.status is VolunteerStatus.RENEWAL_DUE else []
