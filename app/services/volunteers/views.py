"""What is shown of volunteers and their training. The one place that decides what whom is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.organisations.policy import Policy
from app.domain.shared.ids import OrganisationId, PersonId, TrainingEntryId
from app.domain.volunteers.qualification import (
    Qualification,
    Requirement,
    RequirementState,
    VolunteerStatus,
    prospect,
)
from app.domain.volunteers.training_record import (
    Continuing,
    ConversationOutcome,
    EntryKind,
    ExemptionReason,
    Module,
)
from app.domain.volunteers.volunteer import RecruitmentSource
from app.services.ports.texts import Words
from app.services.ports.view import DESCRIBED
from app.services.volunteers.ports import RecordedEntry, VolunteerFacts

TOPIC = "volunteers"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingNeedView:
    """How one requirement stands."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    requirement: Requirement
    """Which one."""
    name: str
    """What it is called, in the reader's language."""
    holds: bool
    """Whether it holds, by itself or by an exemption."""
    until: datetime | None
    """Until when it holds, UTC; missing where it holds for good, or not at all."""
    is_exempt: bool
    """Whether it holds by an exemption alone."""
    is_due: bool
    """Whether it runs out within the renewal window."""

    @staticmethod
    def of(state: RequirementState, words: Words, language: str) -> "TrainingNeedView":
        """The same for the volunteer and for coordinators."""
        return TrainingNeedView(
            requirement=state.requirement,
            name=words.say(TOPIC, f"requirement.{state.requirement}", language),
            holds=state.holds,
            until=state.until,
            is_exempt=state.is_exempt,
            is_due=state.is_due,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerView:
    """A volunteer, and what their training amounts to as of an instant."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    person_id: PersonId
    """The volunteer."""
    name: str
    """The name by which the organisation knows them."""
    recruited_from: RecruitmentSource
    """From where they have come to volunteering (V-10)."""
    offered_at: datetime
    """When they offered, UTC."""
    as_of: datetime
    """The instant that the rest is about, UTC."""
    status: VolunteerStatus
    """How far they have come."""
    in_words: str
    """The status in a sentence, in the reader's language, with what comes next."""
    is_assignable: bool
    """Whether they can be given a group at that instant."""
    policy_version: int
    """The version of the organisation's policy by which this was reckoned."""
    requirements: list[TrainingNeedView]
    """How each requirement stands; those that go on count once the first ones are complete."""
    missing: list[Requirement]
    """What doesn't hold."""
    missing_modules: list[Module]
    """Modules of the introduction course that are missing (V-05)."""
    next_change_at: datetime | None
    """When the status becomes another one by itself, UTC; missing where it stays."""
    next_status: VolunteerStatus | None
    """The status from then on."""
    has_discussion_partner: bool
    """Whether they reflect with another volunteer (V-11)."""
    discussion_partner_name: str | None
    """Who that is: for the two themselves alone."""

    @staticmethod
    def of(
        facts: VolunteerFacts,
        found: Qualification,
        words: Words,
        language: str,
        *,
        own: bool,
    ) -> "VolunteerView":
        """For the volunteer (`own`), or for a coordinator."""
        return VolunteerView(
            organisation_id=facts.volunteer.organisation_id,
            person_id=facts.volunteer.person_id,
            name=facts.name,
            recruited_from=facts.volunteer.recruited_from,
            offered_at=facts.volunteer.offered_at,
            as_of=found.as_of,
            status=found.status,
            in_words=words.say(TOPIC, f"status.{found.status}", language),
            is_assignable=found.is_assignable,
            policy_version=found.policy_version,
            requirements=[TrainingNeedView.of(each, words, language) for each in found.requirements],
            missing=list(found.missing),
            missing_modules=list(found.missing_modules),
            next_change_at=found.next_change_at,
            next_status=found.next_status,
            has_discussion_partner=facts.volunteer.partner_id is not None,
            discussion_partner_name=facts.partner_name if own else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingEntryView:
    """One entry of a training record, for its volunteer and for coordinators."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: TrainingEntryId
    """Id of the entry."""
    organisation_id: OrganisationId
    """The organisation."""
    person_id: PersonId
    """The volunteer."""
    kind: EntryKind
    """What it is about."""
    happened_at: datetime
    """When it took place, and from when it counts, UTC."""
    module: Module | None
    """Of an introduction: which module (V-05)."""
    outcome: ConversationOutcome | None
    """Of a conversation: whether task and volunteer fit (V-01)."""
    criteria_version: str | None
    """Of a conversation: by which version of the criteria it was held."""
    qualities: list[str]
    """Of a conversation: qualities that were seen (V-03)."""
    requirement: Continuing | None
    """Of an exemption: from what."""
    reason: ExemptionReason | None
    """Of an exemption: why."""
    until: datetime | None
    """Of an exemption: its end, UTC."""
    corrects: TrainingEntryId | None
    """The entry whose place this one has taken."""
    corrected_by: TrainingEntryId | None
    """The entry that has taken this one's place: then this one doesn't count any more."""
    recorded_by: PersonId
    """Who wrote it down."""
    recorded_at: datetime
    """When it was written down, UTC."""

    @staticmethod
    def of(recorded: RecordedEntry) -> "TrainingEntryView":
        """The whole entry: a record has no part that its volunteer must not read."""
        entry, content = recorded.entry, recorded.entry.content
        return TrainingEntryView(
            id=entry.id,
            organisation_id=entry.organisation_id,
            person_id=entry.person_id,
            kind=content.kind,
            happened_at=content.happened_at,
            module=content.module,
            outcome=content.outcome,
            criteria_version=content.criteria_version,
            qualities=list(content.qualities),
            requirement=content.requirement,
            reason=content.reason,
            until=content.until,
            corrects=content.corrects,
            corrected_by=recorded.corrected_by,
            recorded_by=entry.recorded_by,
            recorded_at=entry.recorded_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerOutlookView:
    """What can be expected of a volunteer in a span of time: who may start a group then, and what runs out."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    person_id: PersonId
    """The volunteer."""
    name: str
    """The name by which the organisation knows them."""
    begins: datetime
    """Beginning of the span, UTC."""
    ends: datetime
    """End of the span, UTC."""
    status: VolunteerStatus
    """How far they have come as the span begins."""
    can_start: bool
    """Whether they can be given a group as the span begins."""
    can_start_throughout: bool
    """Whether they can be given one on any day of the span."""
    assignable_until: datetime | None
    """Until when they can be given one without a break, UTC; missing where they can't as the span begins."""
    missing: list[Requirement]
    """What doesn't hold as the span begins."""
    runs_out: list[TrainingNeedView]
    """What is due for renewal as the span begins, or runs out within it."""

    @staticmethod
    def of(
        facts: VolunteerFacts,
        policies: Sequence[Policy],
        begins: datetime,
        ends: datetime,
        words: Words,
        language: str,
    ) -> "VolunteerOutlookView":
        """For coordinators."""
        found, until = prospect(facts.record, policies, begins)
        return VolunteerOutlookView(
            organisation_id=facts.volunteer.organisation_id,
            person_id=facts.volunteer.person_id,
            name=facts.name,
            begins=begins,
            ends=ends,
            status=found.status,
            can_start=found.is_assignable,
            can_start_throughout=until is None or until >= ends,
            assignable_until=until if found.is_assignable else None,
            missing=list(found.missing),
            runs_out=[
                TrainingNeedView.of(state, words, language)
                for state in found.requirements
                if state.is_due or (state.until is not None and state.until < ends)
            ],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerProposalView:
    """A proposal to reflect together, for its maker to hand on."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    code: str
    """The code that the other volunteer accepts it with. It is shown this once."""
    expires_at: datetime
    """Until when it can be accepted, UTC."""
