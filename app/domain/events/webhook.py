"""A webhook: where an organisation's administrators, or one of its systems, have events sent (Standard Webhooks)."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.events.catalogue import CATALOGUE
from app.domain.events.errors import WebhookDisabled, WebhookEnded, WebhookResting
from app.domain.events.event_type import Known, told_to
from app.domain.shared.ids import OrganisationId, SystemId, WebhookId
from app.domain.systems.account import SystemAccount, SystemScope, SystemState

MOST = 20
"""So many webhooks an organisation has at most."""
SECRET_BYTES = 32
OVERLAP = timedelta(days=1)
"""How long the secret before is signed with, too, unless somebody says otherwise."""
LONGEST_OVERLAP = timedelta(days=7)
MOST_SECRETS = 4
"""The one that holds, and those before it that are signed with for a while."""
PATIENCE = timedelta(days=3)
"""Where nothing has arrived for so long, and an event has just been given up, the webhook is disabled."""


class DisabledBecause(StrEnum):
    """Why nothing is sent any more."""

    GONE = "gone"
    """The receiver has said so: it answered 410."""
    FAILING = "failing"
    """Nothing has arrived for days."""


class HeldBecause(StrEnum):
    """Why nothing is sent now, whatever waits."""

    ENDED = "ended"
    """The system's account that it is for was revoked, or is over."""
    DISABLED = "disabled"
    """Somebody has to resume it."""
    RESTING = "resting"
    """The system's account that it is for doesn't hold yet, or may not follow events."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What is signed with, as Standard Webhooks writes it: `whsec_…`."""

    value: str
    until: datetime | None
    """Until when it is signed with beside the one that holds; None: it holds."""


def new_secret(chance: bytes) -> str:
    """A secret, of 32 bytes of chance."""
    return f"whsec_{base64.b64encode(chance).decode()}"


def rotated(secrets: Iterable[Secret], value: str, now: datetime, overlap: timedelta) -> tuple[Secret, ...]:
    """A new one holds; those before it are signed with for the overlap at most. The newest comes first."""
    ends = now + overlap
    earlier = [Secret(each.value, ends if each.until is None else min(each.until, ends)) for each in secrets]
    return (Secret(value, None), *(each for each in earlier if each.until is not None and each.until > now))[
        :MOST_SECRETS
    ]


def in_use(secrets: Iterable[Secret], now: datetime) -> list[str]:
    """What is signed with now, the newest first."""
    return [each.value for each in secrets if each.until is None or each.until > now]


@dataclass(slots=True, kw_only=True)
class Webhook:
    """Where events are sent, whose it is, and which it wants."""

    id: WebhookId
    organisation_id: OrganisationId
    system_id: SystemId | None
    """The account that it is for, and ends with; None: the organisation's administrators."""
    url: str
    purpose: str
    """What it is for, in a sentence."""
    types: tuple[str, ...]
    """The types that it wants; none: all that it may know of."""
    secrets_sealed: bytes
    overlap_until: datetime | None
    """Until when an earlier secret is signed with, too."""
    position: int
    """The last number of the feed that was looked at for it; moved in the transaction that writes the deliveries down."""
    registered_at: datetime
    failing_since: datetime | None
    """Since when nothing has arrived; None: the last attempt did."""
    disabled_at: datetime | None
    disabled_because: DisabledBecause | None
    version: int

    def held(self, account: SystemAccount | None, now: datetime) -> HeldBecause | None:
        """Why nothing is sent at this instant; None: it is. `account`: the one that it is for."""
        if account is not None and account.state(now) in (SystemState.REVOKED, SystemState.OVER):
            return HeldBecause.ENDED
        if self.disabled_at is not None:
            return HeldBecause.DISABLED
        holds = (account is None) == (self.system_id is None) and knows(account, now) is not None
        return None if holds else HeldBecause.RESTING

    def require_sending(self, account: SystemAccount | None, now: datetime) -> None:
        """Refuse what would only wait: `WebhookEnded`, `WebhookDisabled`, `WebhookResting`."""
        held = self.held(account, now)
        if held is not None:
            raise _REFUSALS[held]

    def require_not_ended(self, account: SystemAccount | None, now: datetime) -> None:
        """Refuse to go on with a webhook whose account was revoked, or is over."""
        if self.held(account, now) is HeldBecause.ENDED:
            raise WebhookEnded

    def disable(self, because: DisabledBecause, now: datetime) -> None:
        """Send nothing more until somebody resumes it. What happens meanwhile isn't lost, as long as the feed keeps it."""
        if self.disabled_at is None:
            self.disabled_at, self.disabled_because = now, because

    def resume(self) -> None:
        """Begin again where it stopped."""
        self.disabled_at = self.disabled_because = self.failing_since = None

    def sends(self, account: SystemAccount | None, now: datetime) -> list[str] | None:
        """The types that are sent now; None where nothing is: disabled, or its account doesn't hold."""
        knowing = knows(account, now)
        if knowing is None or self.held(account, now) is not None:
            return None
        told = told_to(CATALOGUE.values(), knowing)
        return [name for name in told if not self.types or name in self.types]


_REFUSALS = {
    HeldBecause.ENDED: WebhookEnded,
    HeldBecause.DISABLED: WebhookDisabled,
    HeldBecause.RESTING: WebhookResting,
}


def knows(account: SystemAccount | None, now: datetime) -> set[Known] | None:
    """What whoever a webhook is for may know of: the same as by the feed. None: nothing, as the account doesn't hold.

    Without an account it is for the administrators, and ends with nobody's leaving.
    """
    if account is None:
        return {Known.EVERYBODY, Known.ADMINISTRATORS}
    if account.state(now) is not SystemState.ACTIVE or SystemScope.EVENTS_READ not in account.scopes:
        return None
    return {Known.EVERYBODY} | (
        {Known.COURSE_READERS} if SystemScope.COURSES_READ in account.scopes else set()
    )
