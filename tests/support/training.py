"""Training records for tests of rules, and a simple model of what a record amounts to, written another way."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.organisations.policy import Policy, PolicySettings
from app.domain.shared.ids import OrganisationId, PersonId, TrainingEntryId, compose_id, organisation_id
from app.domain.volunteers.criteria import CRITERIA_VERSION, REQUIRED
from app.domain.volunteers.qualification import VolunteerStatus
from app.domain.volunteers.training_record import (
    Continuing,
    ConversationOutcome,
    EntryContent,
    EntryKind,
    ExemptionReason,
    Module,
    TrainingEntry,
    TrainingRecord,
)

HERE: OrganisationId = organisation_id(7)
VOLUNTEER = PersonId(compose_id(HERE, 1, 1))
COORDINATOR = PersonId(compose_id(HERE, 1, 2))
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


def day(number: float) -> datetime:
    """Noon, so many days after the story's beginning."""
    return START + number * DAY


def policy(version: int = 1, since: float = -1000, **settings: Any) -> Policy:
    """A version of the policy that holds from that day on."""
    return Policy(
        organisation_id=HERE,
        version=version,
        effective_from=day(since),
        settings=PolicySettings(**settings),
    )


def content(kind: EntryKind, at: float, **more: Any) -> EntryContent:
    """What an entry says, with what its kind needs filled in where nothing is said of it."""
    if kind is EntryKind.CONVERSATION:
        outcome = more.setdefault("outcome", ConversationOutcome.SUITED)
        more.setdefault("criteria_version", CRITERIA_VERSION)
        if outcome is ConversationOutcome.SUITED:
            more.setdefault("qualities", REQUIRED[CRITERIA_VERSION])
    if kind is EntryKind.INTRODUCTION:
        more.setdefault("module", Module.METHOD)
    if kind is EntryKind.EXEMPTION:
        more.setdefault("requirement", Continuing.SUPERVISION)
        more.setdefault("reason", ExemptionReason.AWAY)
    return EntryContent(kind=kind, happened_at=day(at), **more)


def entry(number: int, what: EntryContent, *, own: bool = False, recorded: float = 5000) -> TrainingEntry:
    """An entry with this number, by the coordinator or by the volunteer."""
    return TrainingEntry(
        id=TrainingEntryId(compose_id(HERE, 1, 100 + number)),
        organisation_id=HERE,
        person_id=VOLUNTEER,
        content=what,
        recorded_by=VOLUNTEER if own else COORDINATOR,
        recorded_at=day(recorded) + number * MOMENT,
    )


def record(*contents: EntryContent, offered: float | None = 0, declared: float | None = 1) -> TrainingRecord:
    """A record with these entries, in the order in which they were written down."""
    made = TrainingRecord(
        offered_at=None if offered is None else day(offered),
        declared_at=None if declared is None else day(declared),
    )
    own = (EntryKind.RESIGNATION, EntryKind.RETURN)
    made.entries = [entry(number, each, own=each.kind in own) for number, each in enumerate(contents)]
    return made


def trained(at: float = 1) -> list[EntryContent]:
    """Conversation and introduction, all on one day."""
    modules = [content(EntryKind.INTRODUCTION, at, module=module) for module in Module]
    return [content(EntryKind.CONVERSATION, at), *modules]


@dataclass
class Model:
    """What counts, slot by slot: a correction puts other words into the slot, or none."""

    slots: list[EntryContent | None] = field(default_factory=list)
    offered: datetime | None = None
    declared: datetime | None = None

    def status(self, policies: list[Policy], at: datetime) -> VolunteerStatus:
        """Told as the rules tell it, one sentence after another, with no thought of speed."""
        holding = max(
            (each for each in policies if each.effective_from <= at),
            key=lambda each: each.version,
            default=min(policies, key=lambda each: each.version),
        ).settings
        past = [slot for slot in self.slots if slot is not None and slot.happened_at <= at]
        past.sort(key=lambda slot: slot.happened_at)
        gone = False
        fit = False
        for slot in past:
            if slot.kind in (EntryKind.RESIGNATION, EntryKind.RETURN):
                gone = slot.kind is EntryKind.RESIGNATION
            if slot.kind is EntryKind.CONVERSATION:
                fit = slot.outcome is ConversationOutcome.SUITED
        if gone:
            return VolunteerStatus.RESIGNED
        if self.offered is None or self.offered > at or not fit:
            return VolunteerStatus.PROSPECTIVE
        modules: dict[Module, datetime] = {}
        for slot in past:
            if slot.module is not None:
                modules.setdefault(slot.module, slot.happened_at)
        if set(modules) != set(Module) or self.declared is None or self.declared > at:
            return VolunteerStatus.IN_TRAINING
        first_fit = next(slot.happened_at for slot in past if slot.outcome is ConversationOutcome.SUITED)
        ready = max(self.offered, self.declared, first_fit, *modules.values())
        spans = {
            Continuing.COURSE: holding.course_every_days,
            Continuing.NETWORK_MEETING: holding.network_meeting_every_days,
            Continuing.SUPERVISION: holding.supervision_every_days,
        }
        due = lent = False
        for each, days in spans.items():
            last = max([ready, *(slot.happened_at for slot in past if slot.kind == each.value)])
            ends = [last + days * DAY]
            ends += [slot.until for slot in past if slot.requirement is each and slot.until is not None]
            if max(ends) <= at:
                return VolunteerStatus.LAPSED
            due = due or at >= max(ends) - holding.renewal_window_days * DAY
            lent = lent or last + days * DAY <= at
        if due:
            return VolunteerStatus.RENEWAL_DUE
        return VolunteerStatus.EXEMPT if lent else VolunteerStatus.ASSIGNABLE
