"""What is shown of a group, to whom: the one place that redacts it, for every channel."""

from dataclasses import field, replace
from datetime import datetime
from typing import Any, ClassVar

from app.domain.groups.convening import Convening, convenes
from app.domain.groups.errors import GroupNotFound
from app.domain.groups.group import (
    Form,
    Origin,
    Phase,
    SizeBand,
    is_dormant,
    is_vulnerable,
    phase_of,
    size_band,
)
from app.domain.groups.standing import SEES_MEETINGS, Standing
from app.domain.guidance.card import Moment
from app.domain.meetings.place import PlaceType, may_know_place
from app.domain.shared.ids import GroundRulesId, GroupId, MeetingId, MembershipId, OrganisationId
from app.domain.starters.leader_hunt import hunts_for_a_leader
from app.domain.starters.leaving import is_about_to_leave
from app.services.groups.at_this_moment import (
    is_first_at_hand,
    is_second_ahead,
    moments,
    somebody_has_just_left,
)
from app.services.groups.in_list import NOT_FOR_STAFF, GroupInList
from app.services.ports.composition import CompositionView
from app.services.ports.repositories import Seen
from app.services.ports.view import DESCRIBED, filled, template, view


@view
class MemberView:
    """A member, as the others know them: by an alias."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: MembershipId
    """Id of the membership; it says nothing about the person outside this group."""
    alias: str
    """The name that the member goes by here."""
    signed: bool
    """Whether they have signed this generation's declaration: the group's safety rests on it (C-08)."""
    away: bool
    """Whether they have said that they are away for a while. Since when, until when and why, nobody sees."""
    is_me: bool
    """Whether this is you."""


@view
class NextMeeting:
    """The next meeting, as far as whoever looks may know it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: MeetingId
    """Id of the meeting."""
    starts_at: datetime
    """Start, UTC."""
    minutes: int
    """Planned length in minutes."""
    place: str | None
    """Where; null for whoever hasn't signed, except where the first meeting is. A home, a link or a number is for signed
    members alone (M-h6)."""
    place_type: PlaceType
    """What kind of place it is."""


@view
class GroupPage:
    """All that is needed to show a group, before anything is left out."""

    seen: Seen
    members: list[MemberView] = field(default_factory=list)
    next_meeting: NextMeeting | None = None
    next_is_first: bool = False
    warn_below: int = 5
    dormant_after_days: int = 42
    last_held_at: datetime | None = None
    """Start of the last meeting that has begun and was held."""
    last_left_at: datetime | None = None
    """When somebody last left."""
    one_may_be_due: bool = False
    """Whether a ballot of the group may be over and wait to be counted: then that comes first."""
    helped_until: datetime | None = None
    """When the last of its starters leaves or has left, as things stand; null if long ago, or if there was none."""
    duty: Convening | None = None
    """What is known about the convenors, for whoever has a place."""


@view
class GroupView:
    """A group, as whoever asks may see it. To outsiders it isn't there at all."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: GroupId
    """Id of the group."""
    organisation_id: OrganisationId
    """The organisation that it belongs to."""
    theme: str | None
    """What it gathers around; null where people come with different burdens (G-14)."""
    form: Form
    """How it meets."""
    area: str
    """Where, coarsely."""
    language: str
    """The language that is spoken (nb, nn, da, en, or another BCP 47 tag)."""
    origin: Origin
    """Where it comes from (G-23)."""
    composition: CompositionView
    """How it is composed, as it states it itself (G-12)."""
    starter_helps: bool
    """Whether a starter was meant to help at its start (G-22)."""
    phase: Phase
    """Where it is in its life; computed. `dormant` is for members alone, to others such a group is `meeting` (G-h9)."""
    my_standing: Standing
    """What you are to the group."""
    size_band: SizeBand
    """Its size, as staff may know it."""
    seats: int | None
    """How many seats it has. Members and, while it forms, its coordinators."""
    member_count: int | None
    """How many are in it. Members, its starters and, while it forms, its coordinators."""
    free_seats: int | None
    """Seats that nobody has and that are kept for nobody. Members only."""
    generation: int | None
    """Which set of people this is: every entry makes a new one (A-03). Members only."""
    vulnerable: bool | None
    """Fewer than bear illness and absence well; shown with guidance, never a reason to stop (G-06). Members only."""
    open_for_new_people: bool | None
    """Whether the group has decided to take in new people. Members only; the offers show it to all."""
    ends_at: datetime | None
    """The end that the group has set itself, UTC; null where it has none, which is usual (G-16). Members only."""
    ground_rules_id: GroundRulesId | None
    """The ground rules that hold, if the group has adopted any (G-15). Members only."""
    ground_rules_to_be_renewed: bool | None
    """Whether they were adopted by the group as it was before its last newcomer, and wait to be renewed (A-05). Members
    only."""
    convening: bool
    """Whether you are one of those who invite to the first meeting. With its end nobody is (M-12)."""
    my_membership_id: MembershipId | None
    """Your own membership, if you have one."""
    declaration_due: bool
    """Whether you have yet to sign this generation's declaration of confidentiality."""
    members: list[MemberView] | None
    """The roster. Members who have signed, in this generation or, until its first meeting has ended, in the one
    before (C-01, G-h5). Starters, from the first meeting until their exit, those of the members who have signed."""
    next_meeting: NextMeeting | None
    """The next meeting. Whoever has a place; starters, if it is before their exit."""
    version: int | None
    """Version of what can be edited. Members and, while it forms, its coordinators."""
    guidance: list[Moment]
    """What there are a few words for just now: ask for the cards of these moments. Empty for whoever is no member."""

    @staticmethod
    def of(page: GroupPage, now: datetime) -> "GroupView":
        """The group as whoever looks may see it; `GroupNotFound` for outsiders."""
        seen = page.seen
        if seen.standing is Standing.OUTSIDER:
            raise GroupNotFound
        group, member = seen.group, seen.standing is Standing.MEMBER
        starter, area = seen.standing is Standing.STARTER, group.area if member else group.shown_area
        if seen.standing is Standing.COORDINATOR:
            facts = (group.id, group.organisation_id, group.theme, group.form, area, group.language)
            counts = (group.seats, group.version, group.first_meeting_at, seen.members)
            told = (group.origin, group.starter_helps, CompositionView.of(group.composition))
            listed = GroupInList(*facts, *counts, group.has_reached_its_end(now), *told)
            return GroupView.for_coordinator(listed, now)
        phase, few = _phase(page, now), is_vulnerable(seen.members, page.warn_below)
        return GroupView(
            id=group.id,
            organisation_id=group.organisation_id,
            theme=group.theme,
            form=group.form,
            area=area,
            language=group.language,
            origin=group.origin,
            composition=CompositionView.of(group.composition),
            starter_helps=group.starter_helps,
            phase=phase,
            my_standing=seen.standing,
            size_band=size_band(seen.members),
            seats=group.seats if member else None,
            member_count=seen.members if member or starter else None,
            free_seats=max(0, group.seats - seen.members - seen.reserved) if member else None,
            generation=group.generation if member else None,
            vulnerable=few if member else None,
            open_for_new_people=group.is_open_for_new(now) if member else None,
            ends_at=group.ends_at if member else None,
            ground_rules_id=group.rules.id if member and group.rules is not None else None,
            ground_rules_to_be_renewed=group.rules_to_be_renewed if member else None,
            convening=page.duty is not None and convenes(group, page.duty, now),
            my_membership_id=seen.membership_id,
            declaration_due=not (seen.signed or starter),
            members=page.members if member else _roster_for_starter(page, now) if starter else None,
            next_meeting=_next_meeting(page, seen.standing),
            version=group.version if member else None,
            guidance=_guidance(page, phase, is_vulnerable=few, now=now) if member else [],
        )

    @staticmethod
    def for_coordinator(group: GroupInList, now: datetime) -> "GroupView":
        """The group as its organisation's staff may see it: to compose while it forms, then only that it exists."""
        phase = phase_of(group.first_meeting_at, group.members, group.has_ended, now)
        is_forming = phase is Phase.FORMING
        return filled(
            GroupView,
            {
                **_AS_STAFF_SEE_IT,
                "id": group.id,
                "organisation_id": group.organisation_id,
                "theme": group.theme,
                "form": group.form,
                "area": group.area,
                "language": group.language,
                "origin": group.origin,
                "composition": group.composition,
                "starter_helps": group.starter_helps,
                "phase": phase,
                "size_band": size_band(group.members),
                "seats": group.seats if is_forming else None,
                "member_count": group.members if is_forming else None,
                "version": group.version if is_forming else None,
                "guidance": [],
            },
        )


_AS_STAFF_SEE_IT = template(GroupView, {**NOT_FOR_STAFF, "my_standing": Standing.COORDINATOR})


def _phase(page: GroupPage, now: datetime) -> Phase:
    group = page.seen.group
    phase = group.phase(page.seen.members, now)
    if phase is Phase.MEETING and page.seen.standing is Standing.MEMBER and page.next_meeting is None:
        last_met_at = page.last_held_at or group.first_meeting_at
        return Phase.DORMANT if is_dormant(last_met_at, page.dormant_after_days, now) else phase
    return phase


def _guidance(page: GroupPage, phase: Phase, *, is_vulnerable: bool, now: datetime) -> list[Moment]:
    first = page.seen.group.first_meeting_at
    return moments(
        phase,
        {
            Moment.FIRST_MEETING: is_first_at_hand(first, now),
            Moment.SECOND_MEETING: is_second_ahead(
                first, page.last_held_at, now, one_is_planned=page.next_meeting is not None
            ),
            Moment.STARTER_LEAVING: is_about_to_leave(page.helped_until, now),
            Moment.AFTER_STARTER: hunts_for_a_leader(page.helped_until, first, now),
            Moment.NEW_GENERATION: _to_be_renewed(page),
            Moment.SOMEBODY_LEAVES: somebody_has_just_left(page.last_left_at, now),
            Moment.FEW_MEMBERS: is_vulnerable,
        },
    )


def _to_be_renewed(page: GroupPage) -> bool:
    group = page.seen.group
    unsigned = group.generation > 1 and not all(member.signed for member in page.members)
    return unsigned or group.rules_to_be_renewed


def _roster_for_starter(page: GroupPage, now: datetime) -> list[MemberView] | None:
    """Whom they meet, once they meet them: those who have signed, by the aliases that are used at the table."""
    if not page.seen.group.is_closed(now):
        return None
    return [member for member in page.members if member.signed]


def _next_meeting(page: GroupPage, standing: Standing) -> NextMeeting | None:
    upcoming = page.next_meeting
    if upcoming is None or standing not in SEES_MEETINGS:
        return None
    if standing is Standing.STARTER:
        return upcoming if page.seen.helps_at(upcoming.starts_at) else None
    signed = standing is Standing.MEMBER
    shielded = page.seen.group.shields_place
    known = may_know_place(
        upcoming.place_type, signed=signed, arranges=False, is_first=page.next_is_first, shielded=shielded
    )
    return upcoming if known else replace(upcoming, place=None)
