"""A delivery: one event to one webhook, tried again over about a day, in the order of its subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from uuid import UUID

from app.domain.events.errors import DeliveryUnderWay
from app.domain.events.webhook import DisabledBecause, Webhook
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId, WebhookId

_S, _M, _H = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
RESTS = (5 * _S, 1 * _M, 5 * _M, 30 * _M, 2 * _H, 5 * _H, 8 * _H, 8 * _H)
"""After how long it is tried again: nine attempts over a day, all together."""
SPREAD = 0.2
"""By how much of itself a rest is longer or shorter, by chance, so that not all come back at once."""


class DeliveryState(StrEnum):
    """How a delivery stands."""

    WAITING = "waiting"
    """It is tried, or waits to be tried again, or for an earlier event of the same subject."""
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class Fault(StrEnum):
    """Why an attempt has failed."""

    STATUS = "status"
    """The receiver answered, and not with 2xx."""
    REDIRECT = "redirect"
    """It answered with another address, which is not followed."""
    GONE = "gone"
    """It answered 410: the webhook is disabled."""
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    """No connection, or one that broke, or no certificate that fits the name."""
    ADDRESS = "address"
    """The name leads to an address that nothing is sent to."""
    INTERRUPTED = "interrupted"
    """Attempt after attempt never came to an end on our side."""
    NOT_TOLD = "not_told"
    """Whoever the webhook is for may not know of it any more. It wasn't tried."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How an attempt has ended: with a status, or with none."""

    status: int | None
    fault: Fault | None
    """None: it has arrived."""
    wait: timedelta | None = None
    """For how long the receiver asks to be left alone."""

    @staticmethod
    def of_status(status: int, wait: timedelta | None = None) -> "Answer":
        """What a status means: 2xx is an arrival, and nothing else is. Only with 429 and 503 a receiver asks for time."""
        if 200 <= status < 300:
            return Answer(status, None)
        if status == 410:
            return Answer(status, Fault.GONE)
        fault = Fault.REDIRECT if 300 <= status < 400 else Fault.STATUS
        return Answer(status, fault, wait if status in (429, 503) else None)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often, and with which rests."""

    rests: tuple[timedelta, ...] = RESTS

    def rest(self, attempts: int, chance: float) -> timedelta | None:
        """How long to wait after so many attempts; None: it is given up. `chance`: 0 to 1."""
        if attempts > len(self.rests):
            return None
        return self.rests[attempts - 1] * (1 + SPREAD * (2 * chance - 1))

    def asked_rest(
        self, attempts: int, chance: float, put_off: timedelta, wait: timedelta | None
    ) -> tuple[timedelta, timedelta] | None:
        """The same where a receiver asks for time, now (`wait`) or before (`put_off`, all together): how long to wait, and
        how much of that is put off. Not sooner than by itself, not longer than the longest rest, and not past the time
        at which the last attempt would have come anyway. None: it is given up."""
        rest = self.rest(attempts, chance)
        if rest is None or (wait is None and not put_off):
            return None if rest is None else (rest, timedelta())
        left = sum(self.rests[attempts - 1 :], timedelta()) - put_off
        if left <= timedelta():
            return None
        asked = min(max(rest, min(wait or rest, max(self.rests))), left)
        # By the rests as they are meant: what chance makes of them would add up to another attempt.
        return asked, max(asked - self.rests[attempts - 1], timedelta()) if asked > rest else timedelta()

    def is_hopeless(self, attempts: int) -> bool:
        """Whether so many were begun that something about it must keep them from ending: a worker that is killed in the
        middle leaves an attempt uncounted by `rest`, but not that often."""
        return attempts >= 3 * (len(self.rests) + 1)


@dataclass(slots=True, kw_only=True)
class Delivery:
    """One event on its way to one webhook."""

    organisation_id: OrganisationId
    webhook_id: WebhookId
    event_id: UUID
    """Id of the event: the same at every attempt, and the `webhook-id` by which a receiver knows a double."""
    number: int
    """The event's place in the feed."""
    type: str
    subject: UUID
    ids: Mapping[str, UUID]
    occurred_at: datetime
    made_at: datetime
    state: DeliveryState
    attempts: int
    """How often it was tried since it was last begun anew: what its rests go by."""
    next_at: datetime | None
    """When it is tried next; None while it waits for an earlier event of its subject, and when it has ended."""
    last_at: datetime | None
    status: int | None
    """What the receiver answered last."""
    fault: Fault | None
    ended_at: datetime | None
    attempts_before: int = 0
    """How often it was tried before that."""
    put_off_seconds: int = 0
    """For how long the receiver has had it put off, beyond its rests, since it was last begun anew."""

    @property
    def tries(self) -> int:
        """How often it was tried, all together."""
        return self.attempts_before + self.attempts

    def note(
        self, answer: Answer, webhook: Webhook, now: datetime, schedule: Schedule, chance: float
    ) -> Event | None:
        """What an attempt has come to, for this delivery and for its webhook; and what there is to tell of the webhook."""
        self.status, self.fault = answer.status, answer.fault
        if answer.fault is None:
            webhook.works()
            self._end(DeliveryState.DELIVERED, now)
            return None
        happened = webhook.told_failing() if webhook.fails(now) else None
        put_off = timedelta(seconds=self.put_off_seconds)
        rest = schedule.asked_rest(self.attempts, chance, put_off, answer.wait)
        if answer.fault is Fault.GONE:
            # It isn't given up: whoever resumes the webhook gets it.
            self.next_at = now + (rest[0] if rest else timedelta())
            happened = webhook.told_disabled() if webhook.disable(DisabledBecause.GONE, now) else None
        elif rest is not None:
            self.next_at = now + rest[0]
            self.put_off_seconds += ceil(rest[1].total_seconds())
        else:
            self._end(DeliveryState.GIVEN_UP, now)
            if webhook.is_out_of_patience(now) and webhook.disable(DisabledBecause.FAILING, now):
                happened = webhook.told_disabled()
        return happened

    def withhold(self, fault: Fault, now: datetime) -> None:
        """It isn't sent: whoever it was for may not know of it any more, or it can't be done."""
        self.status, self.fault = None, fault
        self._end(DeliveryState.GIVEN_UP, now)

    def again(self, now: datetime) -> None:
        """Send it once more, from the first attempt on."""
        if self.state is DeliveryState.WAITING:
            raise DeliveryUnderWay
        self.attempts_before, self.attempts, self.put_off_seconds = self.tries, 0, 0
        self.state, self.next_at, self.ended_at = DeliveryState.WAITING, now, None

    def _end(self, state: DeliveryState, now: datetime) -> None:
        self.state, self.ended_at, self.next_at = state, now, None
