"""What of that which happens people are told while they look on: a type, and the ids to ask by.

A vote is no event, so it is no news either: no stream tells that one has come, whose, or how many (B-07).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from app.domain.shared.events import Event
from app.domain.shared.ids import GroupId, OrganisationId


class NewsTopic(StrEnum):
    """What news are about."""

    BALLOTS = "ballots"
    """Ballots and applications in my groups, and what becomes of my own application."""
    MEETINGS = "meetings"
    """When and where my groups meet, and who can't come."""
    TASKS = "tasks"
    """What else may ask something of me: my groups as such, places that I compose, my conversation, my training."""


class Ear(StrEnum):
    """Who hears of something, beside what its type says of who knows; each is what can be read about it anyway."""

    MEMBERS = "members"
    """Members who have signed."""
    PLACES = "places"
    """Whoever has a place, signed or not."""
    TIMETABLE = "timetable"
    """Whoever sees that meeting: those with a place, and the starter as long as it lies before the exit."""
    COMPOSER = "composer"
    """Whoever composes the group, as long as it forms."""
    INVITED = "invited"
    """Whoever has been invited to that place."""
    CONVERSATION = "conversation"
    """Whoever sees that intake conversation."""
    ONESELF = "oneself"
    """The person that it is about."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How one type of event is told."""

    topic: NewsTopic
    ear: Ear


_TYPES: dict[NewsTopic, dict[Ear, tuple[str, ...]]] = {
    NewsTopic.BALLOTS: {
        Ear.MEMBERS: (
            "group.ballot.opened",
            "group.ballot.closed",
            "group.ballot.ended",
            "group.application.received",
            "group.application.ended",
            "group.closed_for_new",
        ),
    },
    NewsTopic.MEETINGS: {
        Ear.TIMETABLE: ("group.meeting.planned", "group.meeting.moved", "group.meeting.cancelled"),
        Ear.PLACES: ("group.series.planned", "group.series.changed", "group.series.ended"),
        Ear.MEMBERS: ("group.absence.noted", "group.absence.taken_back"),
    },
    NewsTopic.TASKS: {
        Ear.PLACES: ("group.begun", "group.starter.wrote"),
        Ear.MEMBERS: (
            "group.starter.invited_back",
            "group.member.admitted",
            "group.member.left",
            "group.member.excluded",
        ),
        Ear.COMPOSER: ("group.place.asked_for", "group.place.accepted"),
        Ear.INVITED: ("group.place.offered", "group.place.withdrawn"),
        Ear.CONVERSATION: (
            "intake.assessment.asked",
            "intake.assessment.appointed",
            "intake.assessment.released",
            "intake.assessment.completed",
        ),
        Ear.ONESELF: (
            "volunteer.offered",
            "volunteer.entry.recorded",
            "volunteer.partner.accepted",
            "volunteer.partner.ended",
            "volunteer.erased",
        ),
    },
}
NEWS: Mapping[str, Heard] = {
    name: Heard(topic, ear) for topic, ears in _TYPES.items() for ear, names in ears.items() for name in names
}
"""By type of event. What isn't here is told in no stream; offers, courses and starters are in the feed."""
LETS_IN = frozenset(
    {
        "group.begun",
        "group.place.accepted",
        "group.application.received",
        "group.member.admitted",
        "group.starter.assigned",
        "group.starter.replaced",
    }
)
"""After these somebody may have to do with a group who hadn't before."""
ENDS = frozenset({"group.member.left", "group.member.excluded"})
"""With these somebody's place has ended."""
TOLD_BY = ("group", "ballot", "meeting", "application", "placement", "assessment")
"""The ids that news carry: what can be asked for by them."""
LISTENED_FOR = NEWS.keys() | LETS_IN


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, as one replica tells it to all: before it is known who may hear of it."""

    type: str
    organisation: OrganisationId
    subject: UUID
    ids: Mapping[str, UUID] = field(hash=False)

    @staticmethod
    def of(event: Event, organisation: OrganisationId) -> "Happening":
        """The event, in its organisation."""
        return Happening(event.type, organisation, event.subject, dict(event.ids))

    @property
    def group(self) -> GroupId | None:
        """The group that it is about, if one."""
        found = self.ids.get("group")
        return None if found is None else GroupId(found)

    @property
    def heard(self) -> Heard | None:
        """How it is told; None where it only lets somebody in."""
        return NEWS.get(self.type)
