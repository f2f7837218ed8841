"""Settings → what delivers events to webhooks."""

from datetime import UTC, datetime
from typing import Any

import httpcore

from app.adapters.delivery.connecting import CheckedBackend
from app.adapters.delivery.deliver import VISITS, DeliverWebhooks
from app.adapters.delivery.sender import Sender
from app.adapters.postgres.sending import PostgresDesk
from app.adapters.postgres.work import Chance, Shift
from app.adapters.webhook_secrets import SealedSecrets
from app.domain.events.addresses import Addresses


def open_connections(addresses: Addresses) -> httpcore.AsyncConnectionPool:
    """Connections to receivers; close it at the end. It knows no proxy and follows nothing."""
    return httpcore.AsyncConnectionPool(
        max_connections=8 * VISITS,
        max_keepalive_connections=VISITS,
        keepalive_expiry=20.0,
        http1=True,
        http2=False,
        retries=0,
        network_backend=CheckedBackend(addresses),
    )


def delivering(
    pool: Any, connections: httpcore.AsyncConnectionPool, secrets: SealedSecrets, chance: Chance, shift: Shift
) -> DeliverWebhooks:
    """The duty, over the worker's own pool."""
    desk = PostgresDesk(pool, chance, secrets, shift)
    return DeliverWebhooks(
        desk, Sender(connections, lambda: datetime.now(UTC)), lambda: datetime.now(UTC) + shift()
    )
