"""What a person is shown of the log about themselves: the one place that decides it, for every channel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from app.domain.audit.entry import AccessedData, AccessPurpose, ActingAs, Deed, HowItEnded
from app.domain.shared.ids import NOBODY, OrganisationId
from app.services.ports.access_log import NotedAccess
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessView:
    """Somebody has looked at what is held about you, or changed it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: UUID
    """Id of the entry."""
    organisation_id: OrganisationId | None
    """The organisation in which it happened; null for what belongs to none."""
    occurred_at: datetime
    """When, UTC."""
    acting_as: ActingAs
    """As what they did it; `oneself` is you, by your own login."""
    who: str | None
    """The name by which the organisation knows them; null for a system, and for somebody who has gone. The log itself
    holds no name of anybody (P-h15)."""
    consumer: str | None
    """For a system: the organisation number of whoever it acts for."""
    supplier: str | None
    """For a system: the organisation number of whoever runs it for them."""
    deed: Deed
    """What they did."""
    data_class: AccessedData
    """The class of data that they did it to."""
    purpose: AccessPurpose
    """What for."""
    ended: HowItEnded
    """Whether it came to its end."""

    @staticmethod
    def of(noted: NotedAccess, who: str | None) -> "AccessView":
        """The entry, for the person whom it is about."""
        return AccessView(
            id=noted.id,
            organisation_id=None if noted.organisation_id == NOBODY else noted.organisation_id,
            occurred_at=noted.occurred_at,
            acting_as=noted.acting_as,
            who=who,
            consumer=noted.consumer,
            supplier=noted.supplier,
            deed=noted.deed,
            data_class=noted.data,
            purpose=noted.purpose,
            ended=noted.ended,
        )
