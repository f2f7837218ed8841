"""Port: which kinds of messages somebody has chosen."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from app.domain.messages.kind import MessageKind
from app.domain.shared.ids import PersonId


class MessageChoices(Protocol):
    """Each kind is chosen for itself; what was dropped is chosen anew or not at all."""

    async def chosen(self, person: PersonId) -> dict[MessageKind, datetime]:
        """The kinds, and since when."""

    async def choose(self, person: PersonId, kind: MessageKind) -> None:
        """From now on; what was chosen already stays as it was."""

    async def drop(self, person: PersonId, kinds: Collection[MessageKind]) -> None:
        """Not any more."""
