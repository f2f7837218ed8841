"""A message: that something was told to somebody, or is being told. Nothing of what it says."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.messages.kind import MessageKind
from app.domain.shared.ids import MessageId, OrganisationId, PersonId

_PAUSES = (
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)


class MessageState(StrEnum):
    """What has become of it; computed."""

    SENDING = "sending"
    """It has been begun, and hasn't been taken by a mail server yet."""
    SENT = "sent"
    """A mail server has taken it."""
    REFUSED = "refused"
    """A mail server has refused it for good."""
    TOO_LATE = "too_late"
    """No server took it in time."""


def pause_after(attempts: int) -> timedelta:
    """How long nobody tries again, after so many attempts. The first is longer than an attempt can last."""
    return _PAUSES[min(attempts, len(_PAUSES)) - 1]


@dataclass(slots=True, kw_only=True)
class Message:
    """One message to one person. Killed between sending and noting, it is sent again, under the same Message-ID."""

    id: MessageId
    organisation_id: OrganisationId
    person_id: PersonId
    kind: MessageKind
    subject_id: UUID
    due_at: datetime
    until: datetime
    attempts: int
    try_at: datetime
    """When it may be tried next, as long as it is neither sent nor refused."""
    sent_at: datetime | None
    refused_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do."""
        return self.sent_at is not None or self.refused_at is not None

    def state(self, now: datetime) -> MessageState:
        """What has become of it, as of an instant."""
        if self.sent_at is not None:
            return MessageState.SENT
        if self.refused_at is not None:
            return MessageState.REFUSED
        return MessageState.SENDING if now < self.until else MessageState.TOO_LATE

    def begin(self, now: datetime) -> bool:
        """Try to send it: noted before it is done, so that nobody else tries meanwhile. Whether it may be tried now."""
        if self.is_over or now < self.try_at or now >= self.until:
            return False
        self.attempts += 1
        self.try_at = now + pause_after(self.attempts)
        return True

    def sent(self, now: datetime) -> None:
        """A server has taken it."""
        if not self.is_over:
            self.sent_at = now

    def refuse(self, now: datetime) -> None:
        """A server has refused it for good: nobody tries again."""
        if not self.is_over:
            self.refused_at = now
