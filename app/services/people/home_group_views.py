"""What a person finds of their groups on their first screen: of others no name, no vote, no number."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from app.domain.admission.ballot import Ballot, BallotStatus, Question
from app.domain.groups.group import Form, Phase, is_dormant, is_vulnerable
from app.domain.groups.standing import Standing
from app.domain.meetings.place import PlaceType, may_know_place
from app.domain.shared.ids import BallotId, GroupId, MeetingId, OrganisationId
from app.domain.volunteers.qualification import Qualification, VolunteerStatus
from app.services.people.home_ports import ComingMeeting, Desk, OwnGroup
from app.services.ports.repositories import Seen
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeGroup:
    """One of your groups, in short."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: GroupId
    """Id of the group."""
    organisation_id: OrganisationId
    """The organisation that it belongs to."""
    theme: str | None
    """What it gathers around; null where people come with different burdens (G-14)."""
    form: Form
    """How it meets."""
    phase: Phase
    """Where it is in its life; computed."""
    my_standing: Standing
    """What you are to the group."""
    my_alias: str
    """The name that you go by there."""
    vulnerable: bool | None
    """Fewer than bear illness and absence well; shown with guidance, never a reason to stop (G-06). Members only."""
    dormant: bool | None
    """No meeting for some weeks and none ahead: a question to the group, no more. Members only."""
    open_for_new_people: bool | None
    """Whether the group has decided to take in new people. Members only."""
    ends_at: datetime | None
    """The end that the group has set itself, UTC; null where it has none, which is usual (G-16). Members only."""
    declaration_due: bool
    """Whether you have yet to sign this generation's declaration of confidentiality."""

    @staticmethod
    def of(group: OwnGroup, desk: Desk, now: datetime) -> "HomeGroup":
        """The group, for whoever has this place in it."""
        seen, entity = group.seen, group.seen.group
        member = seen.standing is Standing.MEMBER
        dormant = _is_dormant(group, desk.dormant_after_days, now) if member else None
        return HomeGroup(
            id=entity.id,
            organisation_id=entity.organisation_id,
            theme=entity.theme,
            form=entity.form,
            phase=Phase.DORMANT if dormant else entity.phase(seen.members, now),
            my_standing=seen.standing,
            my_alias=group.alias,
            vulnerable=is_vulnerable(seen.members, desk.warn_below) if member else None,
            dormant=dormant,
            open_for_new_people=entity.is_open_for_new(now) if member else None,
            ends_at=entity.ends_at if member else None,
            declaration_due=not seen.signed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeMeeting:
    """A meeting of one of your groups that is still to come."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: MeetingId
    """Id of the meeting."""
    group_id: GroupId
    """The group that meets."""
    starts_at: datetime
    """Start, UTC."""
    ends_at: datetime
    """Planned end, UTC."""
    place: str | None
    """Where, or how to get in; null for whoever hasn't signed, except where the first meeting is (D-h1). A home, a
    link or a number is for signed members alone (M-h6), and so is every place of a group in which somebody's identity
    has been protected (P-h13)."""
    place_type: PlaceType
    """What kind of place it is."""
    is_first: bool
    """Whether the group meets for the first time."""
    my_absence: bool
    """Whether you have said that you can't come (N-01). You can take that back."""

    @staticmethod
    def of(meeting: ComingMeeting, group: OwnGroup, *, is_first: bool) -> "HomeMeeting":
        """The meeting, for whoever has this place in the group."""
        signed = group.seen.standing is Standing.MEMBER
        known = may_know_place(
            meeting.place_type,
            signed=signed,
            arranges=False,
            is_first=is_first,
            shielded=group.seen.group.shields_place,
        )
        return HomeMeeting(
            id=meeting.id,
            group_id=group.seen.group.id,
            starts_at=meeting.starts_at,
            ends_at=meeting.starts_at + timedelta(minutes=meeting.minutes),
            place=meeting.place if known else None,
            place_type=meeting.place_type,
            is_first=is_first,
            my_absence=meeting.my_absence,
        )

    @staticmethod
    def those_of(group: OwnGroup, now: datetime) -> "list[HomeMeeting]":
        """The next ones of a group. Before its first meeting has begun, the next one is the first."""
        forming = not group.seen.group.is_closed(now)
        return [
            HomeMeeting.of(meeting, group, is_first=forming and index == 0)
            for index, meeting in enumerate(group.coming)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeBallot:
    """An open ballot in which you may vote."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: BallotId
    """Id of the ballot."""
    group_id: GroupId
    """The group that decides."""
    question: Question
    """What it is about."""
    closes_at: datetime
    """When it closes at the latest, UTC."""
    has_voted: bool
    """Whether you have voted. You can change your vote as long as it is open; what it was, nobody can see."""

    @staticmethod
    def of(ballot: Ballot, viewer: Seen, now: datetime) -> "HomeBallot | None":
        """The ballot, for a member who may vote in it; None where there is nothing for them to do."""
        if viewer.standing is not Standing.MEMBER or viewer.membership_id is None:
            return None
        entry = ballot.roll.get(viewer.membership_id)
        if entry is None or entry.dropped_at is not None or ballot.status(now) is not BallotStatus.OPEN:
            return None
        return HomeBallot(
            id=ballot.id,
            group_id=ballot.group_id,
            question=ballot.question,
            closes_at=ballot.closes_at,
            has_voted=entry.has_voted,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationDue:
    """A promise of confidentiality that you have yet to sign."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    group_id: GroupId | None
    """The group whose declaration it is; null where you promise it to the organisation (C-07)."""
    shuts_out: bool
    """Whether it already stands between you and what is inside."""
    needed_by: datetime | None
    """Until when everything stays open to you without it, UTC: the end of the new generation's first meeting (C-08,
    G-h5). Null where that isn't planned, and where it shuts you out already."""

    @staticmethod
    def in_group(group: OwnGroup) -> "DeclarationDue | None":
        """The declaration of a group's generation, for whoever hasn't signed it."""
        seen = group.seen
        if seen.signed:
            return None
        shut_out = seen.standing is not Standing.MEMBER
        return DeclarationDue(
            organisation_id=seen.group.organisation_id,
            group_id=seen.group.id,
            shuts_out=shut_out,
            needed_by=None if shut_out else group.grace_ends_at,
        )

    @staticmethod
    def to_organisation(
        organisation: OrganisationId, desk: Desk, training: Qualification | None
    ) -> "DeclarationDue | None":
        """The one for an organisation: of whoever has a role there, or has come so far in their training (C-07)."""
        in_training = training is not None and training.status is VolunteerStatus.IN_TRAINING
        if desk.has_signed or not (desk.roles or in_training):
            return None
        return DeclarationDue(
            organisation_id=organisation, group_id=None, shuts_out=bool(desk.roles), needed_by=None
        )


def _is_dormant(group: OwnGroup, after_days: int, now: datetime) -> bool:
    entity = group.seen.group
    if entity.phase(group.seen.members, now) is not Phase.MEETING or group.coming:
        return False
    return is_dormant(group.last_met_at or entity.first_meeting_at, after_days, now)
