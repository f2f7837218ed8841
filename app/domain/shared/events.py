"""What has happened, for whoever has to be told: a type and ids, never words, names or votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Event:
    """One fact for the outbox. Receivers fetch what they may see with their own rights."""

    type: str
    """As in CloudEvents: `group.member.admitted`; it stands in the catalogue (`app.domain.events.catalogue`)."""
    subject: UUID
    """The aggregate that it is about; order is kept per subject."""
    ids: Mapping[str, UUID]
