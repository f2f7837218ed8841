"""What a worker does, beside those who ask: a list of duties."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


def _nothing() -> None:
    """There is nothing to be told."""


def _no_figures() -> Mapping[str, float]:
    """It counts nothing of its own."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that the worker does now and then (B-13).

    A duty can be killed at any moment and done twice: it takes what is due in short transactions, and what it has done is
    done. Nothing but messages may depend on it: a deadline holds without.
    """

    name: str
    """A word for logs and metrics: `deliver_webhooks`."""
    every: timedelta
    """How long it rests when there was nothing more to do."""
    run_once: Callable[[], Awaitable[bool]]
    """Do some of it, for some seconds at most; whether there is more to be done at once. An error is noted (its type
    alone), and after the rest it is tried again."""
    alone: bool = True
    """Whether one worker does it at a time, and the rest counts for all of them together. Else every worker does it, and
    the duty itself sees to it that no two take the same (`for update skip locked`)."""
    stop: Callable[[], None] = _nothing
    """Told when the worker is about to end: begin nothing more; what has begun may take a few seconds."""
    figures: Callable[[], Mapping[str, float]] = _no_figures
    """Figures of its own by name, for the metrics: `arrived_total` for what only rises, `waiting` for what also falls.
    Never about somebody, and never by organisation."""


class Turns(Protocol):
    """Whose turn it is, among all workers."""

    async def take(self, duty: str, hold: timedelta) -> bool:
        """Take the turn, if the duty is due and nobody has it; if we end before it does, it is free again after `hold`."""

    async def done(self, duty: str, rest: timedelta) -> None:
        """Give the turn back; the duty is due again after the rest."""
