"""The training record: what a volunteer has been through, entry by entry.

Entries are appended. What was wrong is corrected by a further entry, which takes the place of the one that it names;
nothing is ever edited or deleted. A record is read in *valid time*: an entry counts from its own date, whenever it was
written down, and a correction holds for the past, too, as if the wrong entry had never been.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.shared.ids import OrganisationId, PersonId, TrainingEntryId
from app.domain.volunteers.criteria import VolunteerCriteria
from app.domain.volunteers.errors import (
    AlreadyCorrected,
    EntryDoesNotFit,
    EntryInTheFuture,
    EntryNotFound,
    HasNotResigned,
    HasResigned,
    OwnTraining,
    TheirsToSay,
)


class EntryKind(StrEnum):
    """What an entry is about."""

    CONVERSATION = "conversation"
    """The coordinator's conversation with them (V-01)."""
    INTRODUCTION = "introduction"
    """One module of the introduction course (V-04, V-05)."""
    COURSE = "course"
    NETWORK_MEETING = "network_meeting"
    SUPERVISION = "supervision"
    EXEMPTION = "exemption"
    """From one of the continuing requirements, for a time."""
    RESIGNATION = "resignation"
    RETURN = "return"
    STRUCK = "struck"
    """The corrected entry should not have been there at all."""


class Module(StrEnum):
    """The modules of the introduction course (V-05)."""

    METHOD = "method"
    VALUES = "values"
    PRINCIPLES = "principles"


class ConversationOutcome(StrEnum):
    """Whether task and volunteer fit (V-01). The latest conversation counts."""

    SUITED = "suited"
    NOT_NOW = "not_now"
    NOT_SUITED = "not_suited"


class Continuing(StrEnum):
    """What goes on after the beginning, each with its own validity (V-06, V-07)."""

    COURSE = "course"
    NETWORK_MEETING = "network_meeting"
    SUPERVISION = "supervision"


class ExemptionReason(StrEnum):
    """Why somebody is exempt. A closed list, so that nothing about anybody's health or life is written down."""

    EQUIVALENT_TRAINING = "equivalent_training"
    """Has learned the same elsewhere."""
    NOT_OFFERED = "not_offered"
    """The organisation could not offer it."""
    AWAY = "away"
    """Takes a break; nobody asks why."""


LONGEST_EXEMPTION = timedelta(days=366)
"""An exemption ends by itself; what is to last longer is decided anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryContent:
    """What an entry says. Only what belongs to its kind may be there, and all of that has to be."""

    kind: EntryKind
    happened_at: datetime
    """UTC: when it took place, and from when it counts."""
    module: Module | None = None
    """Of an introduction."""
    outcome: ConversationOutcome | None = None
    """Of a conversation."""
    criteria_version: str | None = None
    """Of a conversation: by which version of its organisation's criteria it was held and judged."""
    qualities: tuple[str, ...] = ()
    """Of a conversation: what was seen of what the criteria name (V-03)."""
    requirement: Continuing | None = None
    """Of an exemption: from what."""
    reason: ExemptionReason | None = None
    """Of an exemption."""
    until: datetime | None = None
    """Of an exemption: its end, UTC."""
    corrects: TrainingEntryId | None = None
    """The entry whose place this one takes."""

    def __post_init__(self) -> None:
        given = {
            name
            for name in ("module", "outcome", "criteria_version", "requirement", "reason", "until")
            if getattr(self, name) is not None
        }
        wanted = _WANTED.get(self.kind, set())
        for name in sorted(given ^ wanted):
            raise EntryDoesNotFit(f"/{name}")
        if self.qualities and self.kind is not EntryKind.CONVERSATION:
            raise EntryDoesNotFit("/qualities")
        if self.kind is EntryKind.STRUCK and self.corrects is None:
            raise EntryDoesNotFit("/corrects")
        if self.until is not None and not (timedelta() < self.until - self.happened_at <= LONGEST_EXEMPTION):
            raise EntryDoesNotFit("/until")

    def require_judged_by(self, criteria: VolunteerCriteria) -> None:
        """Refuse a conversation that names another version than this one, or doesn't fit what it looks for (V-03)."""
        if self.criteria_version != criteria.name:
            raise EntryDoesNotFit("/criteria_version")
        criteria.require_assessed(self.qualities, self.outcome is ConversationOutcome.SUITED)


_WANTED: dict[EntryKind, set[str]] = {
    EntryKind.CONVERSATION: {"outcome", "criteria_version"},
    EntryKind.INTRODUCTION: {"module"},
    EntryKind.EXEMPTION: {"requirement", "reason", "until"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingEntry:
    """One entry of a record. It never changes."""

    id: TrainingEntryId
    organisation_id: OrganisationId
    person_id: PersonId
    """The volunteer."""
    content: EntryContent
    recorded_by: PersonId
    recorded_at: datetime
    """UTC: when it was written down. What counts is `content.happened_at`."""

    @property
    def order(self) -> tuple[datetime, datetime, TrainingEntryId]:
        """By what happened; of two at the same instant, what was written down later comes later."""
        return self.content.happened_at, self.recorded_at, self.id


@dataclass(slots=True, kw_only=True)
class TrainingRecord:
    """All entries of one volunteer, with what stands elsewhere: their offer and their declaration (C-07)."""

    offered_at: datetime | None
    """UTC; None for somebody who has never offered to volunteer."""
    declared_at: datetime | None
    """UTC: when they first signed the declaration of confidentiality for the organisation."""
    entries: list[TrainingEntry] = field(default_factory=list)

    def standing(self) -> list[TrainingEntry]:
        """The entries that count, in the order of what happened: none that was corrected, none that only strikes."""
        corrected = {entry.content.corrects for entry in self.entries}
        kept = [
            entry
            for entry in self.entries
            if entry.id not in corrected and entry.content.kind is not EntryKind.STRUCK
        ]
        return sorted(kept, key=lambda entry: entry.order)

    def has_resigned(self, as_of: datetime) -> bool:
        """Whether they have stopped, and not come back, at that instant."""
        last = _last(self.standing(), (EntryKind.RESIGNATION, EntryKind.RETURN), as_of)
        return last is not None and last.content.kind is EntryKind.RESIGNATION

    def append(self, entry: TrainingEntry, now: datetime) -> None:
        """Add an entry. What is recorded about somebody is recorded by somebody else; coming back is one's own to say.

        Refused with `OwnTraining`, `TheirsToSay`, `EntryInTheFuture`, `EntryNotFound`, `AlreadyCorrected`, `HasResigned`
        or `HasNotResigned`.
        """
        content = entry.content
        own = entry.recorded_by == entry.person_id
        if own and content.kind not in (EntryKind.RESIGNATION, EntryKind.RETURN):
            raise OwnTraining
        if content.kind is EntryKind.RETURN and not own:
            raise TheirsToSay
        if content.happened_at > now:
            raise EntryInTheFuture("/happened_at")
        if content.corrects is not None:
            self._require_correctable(content.corrects)
        elif content.kind is EntryKind.RESIGNATION and self.has_resigned(now):
            raise HasResigned
        elif content.kind is EntryKind.RETURN and not self.has_resigned(now):
            raise HasNotResigned
        self.entries.append(entry)

    def _require_correctable(self, wrong: TrainingEntryId) -> None:
        found = [entry for entry in self.entries if entry.id == wrong]
        if not found:
            raise EntryNotFound("/corrects")
        if found[0].recorded_by == found[0].person_id:
            raise TheirsToSay("/corrects")
        if any(entry.content.corrects == wrong for entry in self.entries):
            raise AlreadyCorrected


def _last(
    entries: Sequence[TrainingEntry], kinds: tuple[EntryKind, ...], as_of: datetime
) -> TrainingEntry | None:
    found = [entry for entry in entries if entry.content.kind in kinds and entry.content.happened_at <= as_of]
    return found[-1] if found else None
