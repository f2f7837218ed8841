"""Quotas that are kept in this process: a number for each who asks, and no more than so many of them."""

from collections.abc import Hashable
from dataclasses import dataclass

from app.services.ports.attempts import ROUNDING, Quota


@dataclass(slots=True)
class Left:
    """What is left of a quota after a request."""

    is_allowed: bool
    remaining: int
    whole_in: int
    """Whole seconds until all of it is back."""
    wait: int
    """Whole seconds to wait before the next; 0 where there is one."""


class Buckets:
    """Who has used how much. What is kept for each is the instant at which their quota will be whole again.

    Two generations: an entry that nobody has touched for two spans of the quota is as good as none, and goes with its
    generation. `kept` bounds a generation; where a flood of names fills it, the oldest names are forgotten early.
    """

    __slots__ = ("_earlier", "_kept", "_per_second", "_recent", "_seconds", "_step", "_turns_at", "quota")

    def __init__(self, quota: Quota, kept: int = 20_000) -> None:
        self.quota = quota
        self._kept = kept
        self._recent: dict[Hashable, float] = {}
        self._earlier: dict[Hashable, float] = {}
        self._turns_at = 0.0
        self._step, self._seconds, self._per_second = quota.step, quota.seconds, quota.count / quota.seconds

    def __len__(self) -> int:
        return len(self._recent) + len(self._earlier)

    def take(self, who: Hashable, now: float) -> Left:
        """Take one, if there is one. `now` is a clock of this process that never goes back, in seconds."""
        backlog = self._backlog(who, now)
        left = int((self._seconds - backlog) * self._per_second + ROUNDING)
        if left < 1:
            return Left(False, 0, int(backlog) + 1, self.quota.wait(backlog))
        backlog += self._step
        self._recent[who] = now + backlog
        return Left(True, left - 1, int(backlog) + 1, self.quota.wait(backlog) if left == 1 else 0)

    def charge(self, who: Hashable, now: float, units: int) -> Left:
        """Take more for what turned out to be dear. It is never refused; what is missing has to come back first."""
        backlog = self._backlog(who, now) + units * self._step
        self._recent[who] = now + backlog
        return self._told(backlog)

    def fill(self, who: Hashable, now: float, backlog: float) -> Left:
        """Note what a store that is shared knows better."""
        self._backlog(who, now)
        self._recent[who] = now + backlog
        return self._told(backlog)

    def _told(self, backlog: float) -> Left:
        quota = self.quota
        left = quota.left(backlog)
        return Left(True, left, int(backlog) + 1, 0 if left else quota.wait(backlog))

    def _backlog(self, who: Hashable, now: float) -> float:
        if now >= self._turns_at or len(self._recent) >= self._kept:
            self._earlier, self._recent, self._turns_at = self._recent, {}, now + 2 * self._seconds
        whole_at = self._recent.get(who)
        if whole_at is None:
            whole_at = self._earlier.get(who, now)
        return whole_at - now if whole_at > now else 0.0
