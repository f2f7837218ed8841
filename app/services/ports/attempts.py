"""Port: how often somebody has tried, counted for all replicas together; and the arithmetic of a quota."""

from dataclasses import dataclass
from math import ceil
from typing import Protocol

ROUNDING = 1e-6
"""So that what was told as left is there when it is asked for, whatever was lost in a sum of fractions."""


@dataclass(frozen=True, slots=True)
class Quota:
    """So many in so many seconds: all at once, if somebody likes, and what was used comes back evenly."""

    count: int
    seconds: int

    @property
    def step(self) -> float:
        """Seconds until one that was used is back."""
        return self.seconds / self.count

    def left(self, backlog: float) -> int:
        """How many are left, where it takes `backlog` seconds until all are back. Below one: none."""
        return max(0, int((self.seconds - backlog) / self.step + ROUNDING))

    def wait(self, backlog: float) -> int:
        """Whole seconds until there is one again; at least one second."""
        return max(1, ceil(backlog + self.step - self.seconds))


class Attempts(Protocol):
    """Counts attempts where guessing could pay."""

    async def take(self, purpose: str, who: str, quota: Quota) -> float | None:
        """Count one attempt. Seconds until the whole quota is back, or None where nothing of it was left.

        `Busy` if the store can't answer. Nothing that is kept says who tried.
        """
