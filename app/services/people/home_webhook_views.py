"""What an administrator finds on their first screen: webhooks that somebody has to look after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.events.webhook import DisabledBecause
from app.domain.shared.ids import OrganisationId, SystemId, WebhookId
from app.services.people.home_ports import Tended
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeWebhook:
    """A webhook that somebody has to look after: nothing has arrived for half a day, or it is disabled."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: WebhookId
    """Id of the webhook."""
    organisation_id: OrganisationId
    """The organisation."""
    system_id: SystemId | None
    """The system's account that it is for; null: the administrators."""
    purpose: str
    """What it is for."""
    since: datetime
    """Since when it has to be looked after (UTC)."""
    failing_since: datetime | None
    """Since when nothing has arrived (UTC); null where the receiver has said at once that it is gone."""
    disabled_because: DisabledBecause | None
    """Why nothing is sent any more; null: it is still tried, and disabled when nothing has arrived for three days."""

    @staticmethod
    def those_of(found: Iterable[Tended], organisation: OrganisationId, now: datetime) -> "list[HomeWebhook]":
        """Those that need it as of now, for an administrator."""
        return [
            HomeWebhook(
                id=webhook.id,
                organisation_id=organisation,
                system_id=webhook.system_id,
                purpose=webhook.purpose,
                since=since,
                failing_since=webhook.failing_since,
                disabled_because=webhook.disabled_because,
            )
            for webhook, account in found
            if (since := webhook.need(account, now)) is not None
        ]
