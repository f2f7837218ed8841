"""Sending events: what whoever delivers needs of the place where deliveries are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.events.delivery import Answer, Delivery
from app.domain.shared.ids import OrganisationId, WebhookId


@dataclass(frozen=True, slots=True)
class Taken:
    """A webhook that is ours to send to, until then: of several workers, one sends to a webhook."""

    organisation_id: OrganisationId
    webhook_id: WebhookId
    until: datetime


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An attempt that has been written down, and is to be made."""

    delivery: Delivery
    url: str
    secrets: tuple[str, ...]
    """What it is signed with, the newest first."""


class Desk(Protocol):
    """Where deliveries are kept. Each step is a short transaction; whoever is killed between two of them loses nothing."""

    async def take(self, most: int) -> list[Taken]:
        """Webhooks that are due and nobody has."""

    async def hold(self, taken: Taken) -> Taken | None:
        """Keep it for longer; None: it isn't ours any more."""

    async def begin(self, taken: Taken, most: int) -> list[Outgoing]:
        """Write down what has happened since, and answer with attempts that are due: of each subject the first that waits.
        Nothing where nothing may be sent now."""

    async def end(self, outgoing: Outgoing, answer: Answer) -> None:
        """What an attempt has come to; the next of its subject may go, if it has ended. Nothing where somebody else has
        tried it since."""

    async def put_back(self, taken: Taken) -> None:
        """Let it be taken again when it is due."""

    async def waiting_since(self) -> datetime | None:
        """Since when the oldest event has been waiting, in any organisation."""
