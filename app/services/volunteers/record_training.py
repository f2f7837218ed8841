"""Write into a training record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId, TrainingEntryId
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
from app.services.volunteers.judging import judging
from app.services.volunteers.pairs import part
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.staff import require_coordinator
from app.services.volunteers.views import TrainingEntryView

_CONVERSATION = EntryKind.CONVERSATION


@dataclass(frozen=True, slots=True)
class RecordTraining:
    """Record a conversation, a module, a course, a network meeting, a supervision, an exemption or a resignation.

    By a coordinator, never about themselves (V-01). Entries are never edited: `corrects` names the entry whose place
    this one takes, for the past, too; `struck` takes it out. A conversation is judged by the criteria that your
    organisation held when it took place (V-03).
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
            criteria = await judging(tx, organisation_id, happened_at) if kind is _CONVERSATION else None
            content = EntryContent(
                kind=kind,
                happened_at=happened_at,
                module=module,
                outcome=outcome,
                criteria_version=criteria.name if criteria is not None else None,
                qualities=tuple(qualities),
                requirement=requirement,
                reason=reason,
                until=until,
                corrects=corrects,
            )
            if criteria is not None:
                content.require_judged_by(criteria)
            return await add_entry(tx, coordinator, organisation_id, person_id, content)

        return await self.transact.write(actor, organisation_id, work, answer=TrainingEntryView)
