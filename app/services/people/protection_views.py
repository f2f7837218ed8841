"""What is shown of protected identity: to the person themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.people.person import Person
from app.domain.people.protection import ProtectedBy
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionView:
    """Whether your identity is protected here. Others see that it is, where they would see your name; never why."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    is_protected: bool
    """Whether it is."""
    protected_at: datetime | None
    """Since when, UTC."""
    protected_by: ProtectedBy | None
    """Whether you have said so, or your login."""

    @staticmethod
    def of(person: Person) -> "ProtectionView":
        """The state, for the person alone."""
        return ProtectionView(
            is_protected=person.protected_at is not None,
            protected_at=person.protected_at,
            protected_by=person.protected_by,
        )
