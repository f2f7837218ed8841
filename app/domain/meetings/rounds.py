"""A plan of rounds: speaking time is shared evenly over those who wish to speak (M-15, M-16), with room for a pause and
for silence (M-21). A suggestion for the table, computed and kept nowhere."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.shared.errors import Invalid

MOST_SPEAKERS = 12


class PartKind(StrEnum):
    """What a part of the meeting is."""

    OPENING = "opening"
    ROUND = "round"
    BREAK = "break"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the meeting: from which minute, how long, and how many minutes each speaker has in turn."""

    kind: PartKind
    from_minute: int
    minutes: int
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RoundsPlan:
    """All parts, from the first minute to the last."""

    parts: tuple[Part, ...]

    def share(self, speaker: int) -> int:
        """All the minutes that one speaker has in the rounds."""
        return sum(part.turns[speaker] for part in self.parts if part.kind is PartKind.ROUND)


def plan_rounds(minutes: int, speakers: int, rounds: int, break_minutes: int | None) -> RoundsPlan:
    """Share the time of a meeting.

    An opening and a closing round of a minute each for everybody, a break between the rounds, and the rest in equal
    shares; what can't be divided goes, a minute each, to some. `break_minutes` None: as long as suits the meeting.
    """
    ends = max(1, min(speakers, minutes // 8))
    pause = _usual_break(minutes) if break_minutes is None else break_minutes
    rest = minutes - 2 * ends - pause
    if not 1 <= speakers <= MOST_SPEAKERS or rest < speakers:
        raise Invalid("/break_minutes" if break_minutes else "/speakers")
    rounds = min(rounds, rest // speakers)
    shares = [rest // speakers + (place < rest % speakers) for place in range(speakers)]
    parts: list[tuple[PartKind, int, tuple[int, ...]]] = [(PartKind.OPENING, ends, ())]
    for number in range(rounds):
        turns = tuple(share // rounds + (number < share % rounds) for share in shares)
        parts.append((PartKind.ROUND, sum(turns), turns))
        if pause and number == (rounds - 1) // 2:
            parts.append((PartKind.BREAK, pause, ()))
    parts.append((PartKind.CLOSING, ends, ()))
    found, minute = [], 0
    for kind, length, turns in parts:
        found.append(Part(kind, minute, length, turns))
        minute += length
    return RoundsPlan(tuple(found))


def _usual_break(minutes: int) -> int:
    return 10 if minutes >= 90 else 5 if minutes >= 60 else 0
