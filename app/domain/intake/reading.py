"""Who has read what somebody confided: noted in the reading's own transaction, and shown to that somebody (I-h8)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.shared.ids import IntakeReadingId, OrganisationId, PersonId

KEPT_DAYS = 366
"""How long readings are kept: the log must not become a register of its own (P-h15)."""


class WhatWasRead(StrEnum):
    """What was read."""

    ASSESSMENT = "assessment"
    PRIVATE_WISH = "private_wish"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeReading:
    """One reading by somebody else."""

    id: IntakeReadingId
    organisation_id: OrganisationId
    person_id: PersonId
    """Whom it is about; nobody but them can ask for it."""
    reader_id: PersonId
    what: WhatWasRead
    read_at: datetime
