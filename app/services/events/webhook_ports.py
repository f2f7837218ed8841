"""What webhooks need of a transaction, and of whoever keeps their secrets."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from app.domain.events.delivery import Delivery, DeliveryState
from app.domain.events.webhook import Secret, Webhook
from app.domain.shared.ids import OrganisationId, SystemId, WebhookId
from app.services.ports.access_log import AccessLog
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import Roles
from app.services.ports.systems import LetsSystemsIn


class Webhooks(Protocol):
    """The webhooks of an organisation."""

    async def all(self) -> list[Webhook]:
        """All of the organisation's, the newest first; clock included."""

    async def count_locked(self) -> int:
        """How many there are, and nobody else makes one until this transaction has ended."""

    async def newest_position(self) -> int:
        """The last number of the organisation's feed."""

    async def add(self, webhook: Webhook) -> None:
        """`WebhookKnown` where this address is one for the same system. It is due at once."""

    async def get(self, webhook: WebhookId) -> Webhook:
        """Read, clock included; `WebhookNotFound` where there is none."""

    async def lock(self, webhook: WebhookId) -> Webhook:
        """The same, locked; the clock is read after the lock."""

    async def save(self, webhook: Webhook) -> None:
        """What an administrator or its system may change, and how it stands; never its position."""

    async def remove(self, webhook: WebhookId) -> None:
        """It and all of its deliveries."""

    async def wake(self, webhook: WebhookId) -> None:
        """Let the worker look at it at once."""


class Deliveries(Protocol):
    """What was sent, and what is to be sent."""

    async def add(self, delivery: Delivery) -> None: ...
    async def get(self, webhook: WebhookId, event: UUID) -> Delivery:
        """`DeliveryNotFound` where there is none."""

    async def save(self, delivery: Delivery) -> None: ...
    async def let_go(self, webhook: WebhookId) -> None:
        """What waits and is the first of its subject is due now, from its first attempt on."""


class DeliveryReads(Protocol):
    """Deliveries for showing."""

    async def page(
        self, webhook: WebhookId, state: DeliveryState | None, request: PageRequest
    ) -> Page[Delivery]:
        """The newest first."""


class WebhooksUnitOfWork(LetsSystemsIn, Protocol):
    """One transaction over an organisation's webhooks."""

    @property
    def webhooks(self) -> Webhooks: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def delivery_reads(self) -> DeliveryReads: ...
    @property
    def roles(self) -> Roles: ...
    @property
    def access_log(self) -> AccessLog: ...


class Secrets(Protocol):
    """Seals the secrets of a webhook, so that the database alone tells none, and none opens in another's place."""

    def seal(self, organisation: OrganisationId, webhook: WebhookId, secrets: Sequence[Secret]) -> bytes: ...
    def open(self, organisation: OrganisationId, webhook: WebhookId, sealed: bytes) -> list[Secret]:
        """Nothing where it can't be opened: then nothing can be signed, and nothing is sent."""


Keeper = SystemId | None
"""Who looks after webhooks: a system after its own, or (None) an administrator after all of the organisation's."""
