"""What is shown at the table: agenda, who can't come, who was there, a plan of rounds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.groups.ground_rules import AbsenceChannel, Agreement
from app.domain.meetings.meeting import Meeting, MeetingKind
from app.domain.meetings.presence import is_late, is_later_than_agreed
from app.domain.meetings.rounds import PartKind
from app.domain.shared.ids import MeetingId, MembershipId
from app.services.meetings.ports import Attendee, Noticed
from app.services.ports.texts import Words
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAgendaItemView:
    """An item of an agenda: a title and some minutes. What is said there stands nowhere (C-09)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    key: str | None
    """Name of the item, where it is one of ours; null for the group's own."""
    title: str
    """What it is called, in the reader's language, or as the group wrote it."""
    text: str | None
    """What it is about, in our own words; null for the group's own."""
    minutes: int
    """How long, as suggested or as the group has it."""
    rules: list[str]
    """The rules behind it."""
    sources: list[str]
    """What it rests on, credited (O-05)."""
    removable: bool
    """Whether the group may take it off: signing the declaration (M-08) and the starter's role (X-04) stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAgendaView:
    """The agenda of a meeting: as proposed for its kind, or as the group has arranged it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    meeting_id: MeetingId
    """The meeting."""
    kind: MeetingKind
    """What the meeting is for; it decides what is proposed."""
    items: list[MeetingAgendaItemView]
    """In order."""
    minutes: int
    """All items together."""
    arranged: bool
    """Whether the group has arranged it. Members only; false for whoever hasn't signed."""
    next_meeting_at: datetime | None
    """Start of the meeting after this one, UTC: each meeting closes with it (M-14)."""
    version: int
    """Send it back as `If-Match` (REST) or `version` (GraphQL) when you arrange the agenda."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedAbsenceView:
    """How your group has agreed to say that somebody can't come: its own ground rules (N-02)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    channel: AbsenceChannel | None
    """How, if it has agreed on that."""
    hours: int | None
    """Until how many hours before a meeting, if it has agreed on that."""
    in_words: str
    """The same in the reader's language."""

    @staticmethod
    def of(agreed: Agreement | None, words: Words, language: str) -> "AgreedAbsenceView | None":
        """What the ground rules that hold say of it, for a member; None where they say nothing."""
        if agreed is None or (agreed.absence_channel is None and agreed.absence_hours is None):
            return None
        told = []
        if agreed.absence_channel is not None:
            told.append(words.say("meetings", f"absence.{agreed.absence_channel}", language))
        if agreed.absence_hours is not None:
            key = {0: "no_hours", 1: "one_hour"}.get(agreed.absence_hours, "hours")
            told.append(words.say("meetings", f"absence.{key}", language, hours=agreed.absence_hours))
        return AgreedAbsenceView(
            channel=agreed.absence_channel, hours=agreed.absence_hours, in_words=" ".join(told)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceView:
    """Somebody can't come. Why, nobody asks (N-01)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    meeting_id: MeetingId
    """The meeting."""
    membership_id: MembershipId
    """Who: a membership, which says nothing outside this group."""
    alias: str
    """The name that they go by here."""
    is_me: bool
    """Whether this is you."""
    late: bool | None
    """Whether it was said after the start; of no consequence, and shown of your own alone."""
    agreed: AgreedAbsenceView | None
    """How your group has agreed to say it, beside your own word. Members who have signed; null where nothing is agreed."""
    later_than_agreed: bool | None
    """Whether it was said later than your group has agreed; of no consequence, and shown of your own alone (N-05)."""

    @staticmethod
    def of(
        noticed: Noticed,
        meeting: Meeting,
        me: MembershipId | None,
        agreed: Agreement | None,
        words: Words,
        language: str,
    ) -> "AbsenceView":
        """The notice as a member may see it; what is agreed, as far as they may know that."""
        mine = noticed.membership_id == me
        hours = None if agreed is None else agreed.absence_hours
        return AbsenceView(
            meeting_id=meeting.id,
            membership_id=noticed.membership_id,
            alias=noticed.alias,
            is_me=mine,
            late=is_late(noticed.noticed_at, meeting) if mine else None,
            agreed=AgreedAbsenceView.of(agreed, words, language) if mine else None,
            later_than_agreed=is_later_than_agreed(noticed.noticed_at, meeting, hours) if mine else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendeeView:
    """Somebody was there. For the group alone, and gone when somebody new comes in (M-h5)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    membership_id: MembershipId
    """Who: a membership, which says nothing outside this group."""
    alias: str
    """The name that they go by here."""
    is_me: bool
    """Whether this is you."""

    @staticmethod
    def of(attendee: Attendee, me: MembershipId | None) -> "AttendeeView":
        """As a member may see it."""
        member = attendee.membership_id
        return AttendeeView(membership_id=member, alias=attendee.alias, is_me=member == me)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsPartView:
    """A part of the meeting."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    kind: PartKind
    """What it is."""
    title: str
    """What it is called, in the reader's language."""
    from_minute: int
    """Its first minute, counted from the meeting's start."""
    minutes: int
    """How long."""
    turns: list[int]
    """In a round: how many minutes each speaker has, in turn. Empty elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsPlanView:
    """A plan of rounds for a meeting: equal time for all who wish to speak (M-15, M-16). Computed, kept nowhere."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    meeting_id: MeetingId
    """The meeting."""
    speakers: int
    """For how many."""
    minutes: int
    """The whole meeting; the parts add up to it."""
    share: int
    """Whole minutes in the rounds that everybody has at least; some have one more, as it can't be divided."""
    parts: list[RoundsPartView]
    """From the first minute to the last."""
    text: str
    """How to hold it, in the reader's language (M-16, M-21)."""
