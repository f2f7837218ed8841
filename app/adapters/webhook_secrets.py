"""The secrets of webhooks, sealed: AES-256-GCM under keys from the service's secrets, each bound to its webhook."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.adapters.vault import AesVault
from app.domain.events.webhook import Secret
from app.domain.shared.ids import OrganisationId, WebhookId

_PURPOSE = "webhook secrets"


@dataclass(frozen=True, slots=True)
class SealedSecrets:
    """See `services.events.webhook_ports.Secrets`."""

    vault: AesVault

    def seal(self, organisation: OrganisationId, webhook: WebhookId, secrets: Sequence[Secret]) -> bytes:
        """See the port."""
        said = [[each.value, None if each.until is None else each.until.isoformat()] for each in secrets]
        return self.vault.seal(organisation, webhook, _PURPOSE, json.dumps(said))

    def open(self, organisation: OrganisationId, webhook: WebhookId, sealed: bytes) -> list[Secret]:
        """See the port."""
        said = self.vault.open(organisation, webhook, _PURPOSE, sealed)
        pairs = [] if said is None else json.loads(said)
        return [
            Secret(value, None if until is None else datetime.fromisoformat(until)) for value, until in pairs
        ]
