"""Port: what somebody's training amounts to as of an instant, for whoever gives people groups."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from app.domain.shared.ids import PersonId
from app.domain.volunteers.qualification import Qualification


class Qualifications(Protocol):
    """Computed from record, declaration and policy; nothing about it is stored (D-h5, S-h5)."""

    async def status(self, person: PersonId, as_of: datetime) -> Qualification:
        """As of that instant; `prospective` with everything missing for somebody who has never offered to volunteer.

        Locks nothing; whoever assigns calls `hold` first.
        """

    async def of(self, people: Sequence[PersonId], as_of: datetime) -> dict[PersonId, Qualification]:
        """The same for several people, in as many statements as for one."""

    async def hold(self, person: PersonId) -> None:
        """Nothing is added to this person's record until the transaction ends. The clock is read after this lock."""
