"""A webhook: where an organisation's administrators, or one of its systems, have events sent (Standard Webhooks)."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.events.catalogue import CATALOGUE
from app.domain.events.errors import TooManySecrets, WebhookDisabled, WebhookEnded, WebhookResting
from app.domain.events.event_type import Known, told_to
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId, SystemId, WebhookId
from app.domain.systems.account import SystemAccount, SystemScope, SystemState

TEST = "webhook.test"
"""The type of an event that is sent on request. It is in no catalogue and in no feed: nothing has happened."""
MOST = 20
"""So many webhooks an organisation has at most."""
SECRET_BYTES = 32
OVERLAP = timedelta(days=1)
"""How long the secret before is signed with, too, unless somebody says otherwise."""
LONGEST_OVERLAP = timedelta(days=7)
MOST_SECRETS = 4
"""The one that holds, and those before it that are signed with for a while. None of those ends before it was said to."""
PATIENCE = timedelta(days=3)
"""Where nothing has arrived for so long, and an event has just been given up, the webhook is disabled."""
WORD_AFTER = timedelta(hours=12)
"""Where nothing has arrived for so long, whoever looks after it hears of it: before it is disabled, not at each fault."""


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
    """A new one holds; those before it are signed with for the overlap at most. The newest comes first.

    `TooManySecrets` where there are as many as there may be: a receiver may know no other than the earliest.
    """
    held = [each for each in secrets if each.until is None or each.until > now]
    ends = now + overlap
    if ends > now and len(held) >= MOST_SECRETS:
        first = min(each.until for each in held if each.until is not None)
        # The minute after, so that whoever waits for it isn't a few seconds early.
        raise TooManySecrets(most=MOST_SECRETS, until=f"{first + timedelta(minutes=1):%Y-%m-%d %H:%M}")
    earlier = [(each.value, ends if each.until is None else min(each.until, ends)) for each in held]
    return (Secret(value, None), *(Secret(each, until) for each, until in earlier if until > now))


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
    warned_at: datetime | None
    """When it was told that it fails for long; None: it doesn't, or not for so long."""
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

    def fails(self, now: datetime) -> bool:
        """An attempt hasn't arrived; whether that is to be told now, once in all the time for which nothing does."""
        self.failing_since = self.failing_since or now
        if self.warned_at is not None or now - self.failing_since < WORD_AFTER:
            return False
        self.warned_at = now
        return True

    def works(self) -> None:
        """An attempt has arrived."""
        self.failing_since = self.warned_at = None

    def need(self, account: SystemAccount | None, now: datetime) -> datetime | None:
        """Since when somebody has to look after it: it is disabled, or fails for long. None: nobody has to, as it works, or
        rests or has ended with its account."""
        held = self.held(account, now)
        if held is HeldBecause.DISABLED:
            return self.disabled_at
        if held is not None or self.failing_since is None or now - self.failing_since < WORD_AFTER:
            return None
        return self.failing_since + WORD_AFTER

    def is_out_of_patience(self, now: datetime) -> bool:
        """Whether nothing has arrived for so long that nothing more is tried."""
        return self.failing_since is not None and now - self.failing_since >= PATIENCE

    def disable(self, because: DisabledBecause, now: datetime) -> bool:
        """Send nothing more until somebody resumes it; whether that is new. What happens meanwhile isn't lost, as long as
        the feed keeps it."""
        if self.disabled_at is not None:
            return False
        self.disabled_at, self.disabled_because = now, because
        return True

    def told_failing(self) -> Event:
        """That nothing has arrived for long, for the administrators' feed."""
        return Event("webhook.failing", self.id, self._ids)

    def told_disabled(self) -> Event:
        """That nothing is sent any more."""
        return Event("webhook.disabled", self.id, self._ids)

    def told_test(self) -> Event:
        """That somebody tries it out: nothing has happened, and nobody else is told."""
        return Event("webhook.test", self.id, self._ids)

    @property
    def _ids(self) -> dict[str, UUID]:
        return {"webhook": self.id, **({} if self.system_id is None else {"system": self.system_id})}

    def resume(self) -> None:
        """Begin again where it stopped."""
        self.disabled_at = self.disabled_because = self.failing_since = self.warned_at = None

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
