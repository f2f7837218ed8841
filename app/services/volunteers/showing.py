"""One volunteer as they are shown as of an instant: record, policy and words brought together."""

from datetime import datetime

from app.domain.shared.actor import Actor
from app.domain.shared.ids import PersonId
from app.domain.volunteers.qualification import qualification
from app.services.ports.texts import Words
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.views import VolunteerView


async def show(
    tx: VolunteersUnitOfWork, actor: Actor, person: PersonId, words: Words, as_of: datetime | None
) -> VolunteerView:
    """The view for whoever asks; `as_of`: now, if none is given."""
    moment = as_of if as_of is not None else await tx.read_clock()
    facts = await tx.volunteer_reads.one(person)
    found = qualification(facts.record, await tx.volunteer_reads.policies(moment), moment)
    return VolunteerView.of(facts, found, words, actor.mark.language, own=person == actor.person)
