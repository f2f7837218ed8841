"""What is shown of ways to reach a person: to the person themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.people.contact import ContactKind
from app.domain.shared.ids import ConsentId, OrganisationId
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """A way of reaching you that you have given to an organisation. Nobody else sees it, but for what you consent to."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation that keeps it, sealed."""
    kind: ContactKind
    """Which way."""
    value: str
    """The address or number."""
    kept_at: datetime
    """When you gave it or last changed it, UTC."""
    rests_on: list[ConsentId]
    """The consents that it is kept for. Without any, it is gone."""
