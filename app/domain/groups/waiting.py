"""Who waits for a place in a forming group, in the order of asking. A closed group has none (A-01)."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.shared.errors import DomainError, Kind
from app.domain.shared.ids import GroupId, OrganisationId, PersonId


class NotWaiting(DomainError):
    """There is no such person on the waiting list, or no waiting list."""

    kind, code = Kind.NOT_FOUND, "groups.not_waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A person's own wish for a place in a forming group (A-07). It ends with their answer, or with the first meeting."""

    organisation_id: OrganisationId
    group_id: GroupId
    person_id: PersonId
    alias: str
    """What whoever composes the group may call them."""
    asked_at: datetime
