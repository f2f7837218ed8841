"""Ballots, applications and groups as a test of rules wants them: whole, with what matters to it named."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.domain.admission.application import Application, LastBallot
from app.domain.admission.ballot import Ballot, BallotStatus, Question, RollEntry
from app.domain.admission.questions import Subject
from app.domain.groups.group import Form, Group
from app.domain.meetings.meeting import Meeting
from app.domain.meetings.place import PlaceType
from app.domain.shared.ids import (
    ApplicationId,
    BallotId,
    GroupId,
    MeetingId,
    MembershipId,
    OrganisationId,
    PersonId,
    compose_id,
    organisation_id,
)

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)
HERE: OrganisationId = organisation_id(7)


def an_id(number: int) -> UUID:
    """The id with this number in the tests' organisation."""
    return compose_id(HERE, 1_700_000_000_000, number)


def members(count: int) -> list[MembershipId]:
    """That many members."""
    return [MembershipId(an_id(1 + number)) for number in range(count)]


def ballot(
    roll: Iterable[MembershipId] | int = 5,
    *,
    rule: str = "no_objection",
    quorum_percent: int = 100,
    secret: bool = True,
    days: int = 14,
) -> Ballot:
    """A ballot that opened at `NOW`."""
    people = members(roll) if isinstance(roll, int) else list(roll)
    return Ballot(
        id=BallotId(an_id(900)),
        organisation_id=HERE,
        group_id=GroupId(an_id(800)),
        generation=1,
        question=Question.OPEN_FOR_NEW_PEOPLE,
        subject=Subject(),
        rule=rule,
        quorum_percent=quorum_percent,
        secret=secret,
        opened_at=NOW,
        closes_at=NOW + timedelta(days=days),
        public_key=b"public",
        withdrawn_at=None,
        voided_at=None,
        verdict=None,
        roll={member: RollEntry(membership_id=member) for member in people},
    )


def application(**changes: object) -> Application:
    """An application of `NOW` that waits for sixty days."""
    made = Application(
        id=ApplicationId(an_id(700)),
        organisation_id=HERE,
        group_id=GroupId(an_id(800)),
        applicant_id=PersonId(an_id(600)),
        alias="Newcomer",
        introduction="In my own words.",
        known_as=None,
        applied_at=NOW,
        waits_until=NOW + 60 * DAY,
        withdrawn_at=None,
        declined_at=None,
        entered_at=None,
        last_ballot=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def last_ballot(
    status: BallotStatus, *, ended_at: datetime | None = None, expires_at: datetime | None = None
) -> LastBallot:
    """What an application knows of its newest ballot."""
    return LastBallot(
        ballot_id=BallotId(an_id(900)), status=status, ended_at=ended_at, offer_expires_at=expires_at
    )


def group(**changes: object) -> Group:
    """A group that was formed at `NOW` and has no meeting yet."""
    made = Group(
        id=GroupId(an_id(800)),
        organisation_id=HERE,
        theme=None,
        form=Form.IN_PERSON,
        area="Area",
        language="nb",
        seats=8,
        generation=1,
        generation_formed_at=NOW,
        closed_for_new_at=None,
        first_meeting_at=None,
        opened_for_new_at=None,
        end=None,
        end_dropped_at=None,
        rules=None,
        created_at=NOW,
        version=1,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def meeting(**changes: object) -> Meeting:
    """A meeting of two hours that starts a day after `NOW`."""
    made = Meeting(
        id=MeetingId(an_id(500)),
        organisation_id=HERE,
        group_id=GroupId(an_id(800)),
        starts_at=NOW + DAY,
        minutes=120,
        place="Library",
        place_type=PlaceType.LIBRARY,
        slot_at=None,
        apart_at=None,
        replaced_at=None,
        cancelled_at=None,
        not_held_at=None,
        version=1,
    )
    return replace(made, **changes)  # type: ignore[arg-type]
