"""Adding an entry to a record that has been locked."""

from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId, PersonId, TrainingEntryId
from app.domain.volunteers.training_record import EntryContent, TrainingEntry
from app.services.volunteers.ports import RecordedEntry, VolunteersUnitOfWork
from app.services.volunteers.views import TrainingEntryView


async def add_entry(
    tx: VolunteersUnitOfWork,
    recorded_by: PersonId,
    organisation: OrganisationId,
    volunteer: PersonId,
    content: EntryContent,
) -> TrainingEntryView:
    """Let the record admit it, keep it, say that it has happened."""
    entry = TrainingEntry(
        id=TrainingEntryId(tx.new_id()),
        organisation_id=organisation,
        person_id=volunteer,
        content=content,
        recorded_by=recorded_by,
        recorded_at=tx.now,
    )
    record = await tx.volunteers.record(volunteer)
    record.append(entry, tx.now)
    await tx.volunteers.append(entry)
    tx.emit(Event("volunteer.entry.recorded", volunteer, {"organisation": organisation, "entry": entry.id}))
    return TrainingEntryView.of(RecordedEntry(entry=entry, corrected_by=None))
