"""Telling all replicas that something has happened: NOTIFY, within the transaction in which it does.

PostgreSQL passes it on after the commit and only then, so nobody hears of what isn't so, or isn't there yet to be read.
What is passed is types and ids, sealed: a channel can be listened to by every role of the database, and what happens inside
a group is for none of them (ADR 66).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cryptography.fernet import InvalidToken, MultiFernet

from app.adapters.postgres.reading import Asked
from app.domain.events.news import LISTENED_FOR, Happening
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId

CHANNEL = "verksted_news"
MOST_AT_ONCE = 20
"""Events in one notification: PostgreSQL takes 8,000 bytes, and twenty of them come to five thousand, sealed."""
_NOTIFY = "select pg_notify($1, $2)"


@dataclass(frozen=True, slots=True)
class Bell:
    """Seals what is told to the other replicas, and opens what they tell."""

    seals: MultiFernet

    async def ring(self, connection: Asked, organisation: OrganisationId, events: Iterable[Event]) -> None:
        """Tell these events with the commit; most transactions have none that anybody listens for, and cost nothing."""
        told = [
            [event.type, event.subject.hex, {name: value.hex for name, value in event.ids.items()}]
            for event in events
            if event.type in LISTENED_FOR
        ]
        for start in range(0, len(told), MOST_AT_ONCE):
            content = json.dumps([organisation.hex, told[start : start + MOST_AT_ONCE]]).encode()
            await connection.execute(_NOTIFY, CHANNEL, self.seals.encrypt(content).decode())

    def heard(self, payload: str) -> list[Happening] | None:
        """What a notification tells; None where it isn't ours, or is sealed with a secret that we don't have."""
        try:
            organisation, told = json.loads(self.seals.decrypt(payload))
        except (InvalidToken, ValueError):
            return None
        where = OrganisationId(UUID(organisation))
        return [
            Happening(kind, where, UUID(subject), {name: UUID(value) for name, value in ids.items()})
            for kind, subject, ids in told
        ]
