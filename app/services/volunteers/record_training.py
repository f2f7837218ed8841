"""Write into a training record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId, TrainingEntryId
from app.domain.volunteers.criteria import CRITERIA_VERSION
from app.domain.volunteers.training_record import (
    Continuing,
    ConversationOutcome,
    EntryContent,
    EntryKind,
    ExemptionReason,
    Module,
)
from app.services.ports.transaction import Transact
from app.services.volunteers.adding import add_entry
from app.services.volunteers.pairs import part
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.staff import require_coordinator
from app.services.volunteers.views import TrainingEntryView


@dataclass(frozen=True, slots=True)
class RecordTraining:
    """Record a conversation, a module, a course, a network meeting, a supervision, an exemption or a resignation.

    By a coordinator, never about themselves (V-01). Entries are never edited: `corrects` names the entry whose place
    this one takes, for the past, too; `struck` takes it out.
    """

    transact: Transact[VolunteersUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        person_id: PersonId,
        kind: EntryKind,
        happened_at: datetime,
        module: Module | None = None,
        outcome: ConversationOutcome | None = None,
        qualities: Sequence[str] = (),
        requirement: Continuing | None = None,
        reason: ExemptionReason | None = None,
        until: datetime | None = None,
        corrects: TrainingEntryId | None = None,
    ) -> TrainingEntryView:
        coordinator = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> TrainingEntryView:
            await require_coordinator(tx, coordinator)
            await tx.volunteers.lock(person_id)
            if kind is EntryKind.RESIGNATION:
                await part(tx, person_id)
            content = EntryContent(
                kind=kind,
                happened_at=happened_at,
                module=module,
                outcome=outcome,
                criteria_version=CRITERIA_VERSION if kind is EntryKind.CONVERSATION else None,
                qualities=tuple(qualities),
                requirement=requirement,
                reason=reason,
                until=until,
                corrects=corrects,
            )
            return await add_entry(tx, coordinator, organisation_id, person_id, content)

        return await self.transact.write(actor, organisation_id, work, answer=TrainingEntryView)
