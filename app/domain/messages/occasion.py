"""Occasions: what there is to tell somebody, computed from the state as of now; and what of it is due.

Nothing here knows what an occasion is about beyond an id, and of a ballot nothing here knows who has voted: what isn't
there can't decide who gets a message, when, or what it says (B-07).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.messages.kind import MessageKind
from app.domain.messages.quiet import QuietHours
from app.domain.people.consent import Purpose

BEFORE_A_MEETING = timedelta(hours=24)
BEFORE_A_DEADLINE = timedelta(hours=48)
BEFORE_AN_EXIT = timedelta(days=7)
BEFORE_TRAINING_RUNS_OUT = timedelta(days=60)
AFTER_A_NEW_GENERATION = timedelta(hours=24)
"""Most sign as they come in; only who hasn't a day later is asked."""
NEWS_FOR = timedelta(days=3)
"""How long something that has happened is news: whoever looks into the app later finds it there."""

_NEWS = frozenset({MessageKind.OUTCOME, MessageKind.MEETING_CHANGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One thing to tell one person, once."""

    kind: MessageKind
    purpose: Purpose
    """What they have to have consented to, to be told."""
    subject: UUID
    """Id of what it is about: a meeting, a ballot, a group …"""
    due_at: datetime
    """From when on they are told. Together with the kind and the subject it tells this occasion from every other."""
    until: datetime
    """From when on it is too late to tell (half-open)."""
    answer_by: datetime | None = None
    """Until when an answer counts, where one is wanted."""

    @property
    def key(self) -> tuple[MessageKind, UUID, datetime]:
        """What makes it this one and no other: of one person in one organisation."""
        return self.kind, self.subject, self.due_at


def coming(kind: MessageKind, purpose: Purpose, subject: UUID, moment: datetime, lead: timedelta) -> Occasion:
    """What comes by itself: told so long before, and not any more once it is there."""
    return Occasion(kind=kind, purpose=purpose, subject=subject, due_at=moment - lead, until=moment)


def with_deadline(
    kind: MessageKind, purpose: Purpose, subject: UUID, since: datetime, deadline: datetime | None
) -> list[Occasion]:
    """What wants an answer: told when it begins, and once more before it ends if there is time enough between the two."""
    if deadline is None:
        return [Occasion(kind=kind, purpose=purpose, subject=subject, due_at=since, until=since + NEWS_FOR)]
    moments = [since]
    if deadline - BEFORE_A_DEADLINE >= since + BEFORE_A_DEADLINE:
        moments.append(deadline - BEFORE_A_DEADLINE)
    return [
        Occasion(
            kind=kind, purpose=purpose, subject=subject, due_at=moment, until=deadline, answer_by=deadline
        )
        for moment in moments
    ]


def news(kind: MessageKind, purpose: Purpose, subject: UUID, since: datetime) -> Occasion:
    """What has happened."""
    return Occasion(kind=kind, purpose=purpose, subject=subject, due_at=since, until=since + NEWS_FOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody wants to be told of, and when not."""

    chosen: Mapping[MessageKind, datetime]
    """The kinds that they have chosen, and when."""
    consented: frozenset[Purpose]
    """What they have consented to, as it stands."""
    quiet: QuietHours | None

    def want(self, occasion: Occasion) -> bool:
        """Whether this is to be told. What had happened before they chose the kind isn't news to them; what is still to
        come, or waits for an answer, is told."""
        since = self.chosen.get(occasion.kind)
        if since is None or occasion.purpose not in self.consented:
            return False
        return occasion.kind not in _NEWS or occasion.due_at >= since

    def tells_at(self, occasion: Occasion, now: datetime) -> datetime | None:
        """When to tell: as soon as it is due and it isn't quiet; None where that is too late."""
        moment = max(occasion.due_at, now)
        if self.quiet is not None:
            moment = self.quiet.over_at(moment)
        return moment if moment < occasion.until else None


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be told now, and when to look again for the next."""

    now: list[Occasion]
    next_at: datetime | None


def due(occasions: Iterable[Occasion], wishes: Wishes, now: datetime) -> Due:
    """What of it is to be told as of now, the most urgent first."""
    found: list[Occasion] = []
    later: list[datetime] = []
    for occasion in occasions:
        moment = wishes.tells_at(occasion, now) if wishes.want(occasion) else None
        if moment is None:
            continue
        if moment <= now:
            found.append(occasion)
        else:
            later.append(moment)
    found = _one_of_each(found)
    return Due(
        sorted(found, key=lambda each: (each.until, each.kind, each.subject)), min(later, default=None)
    )


def _one_of_each(found: list[Occasion]) -> list[Occasion]:
    """Two of one kind about one subject at once (the beginning, and the end is near) are one: the latest due."""
    newest: dict[tuple[MessageKind, UUID], Occasion] = {}
    for each in found:
        there = newest.get((each.kind, each.subject))
        if there is None or there.due_at < each.due_at:
            newest[each.kind, each.subject] = each
    return list(newest.values())
