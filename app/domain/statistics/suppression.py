"""What of the counts of a quarter can be published without betraying anybody.

1. A figure stands only for at least five persons **and** three groups.
2. What is left out can't be had from the total either: at least two areas are left out together or none, and together
   they hold at least five persons and three groups; until that is so, the smallest of the others is left out, too.
3. Numbers of persons are rounded to fives: so that two quarters that follow each other don't tell that one came or went.
4. Of areas there are stocks alone. Who came is told in total: stocks and flows of the same area, quarter after quarter,
   would close in on what is left out.

For any area that is left out, the published figures allow nobody in it, and everybody whom the others leave over, at
least five: it could always be another one (`tests/domain/test_suppression_attack.py` tries to find it out).
"""

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST_PERSONS = 5
FEWEST_GROUPS = 3
ROUNDED_TO = 5


@dataclass(frozen=True, slots=True)
class Count:
    """How many: groups, places in them, and persons who hold these."""

    groups: int
    places: int
    persons: int

    @property
    def stands(self) -> bool:
        """Whether it may be told at all."""
        return self.groups >= FEWEST_GROUPS and min(self.persons, self.places) >= FEWEST_PERSONS

    def __add__(self, other: "Count") -> "Count":
        return Count(self.groups + other.groups, self.places + other.places, self.persons + other.persons)


NOTHING = Count(0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is published of a stock: groups as they are, members to the next five. None: left out."""

    groups: int | None
    members: int | None


LEFT_OUT = Figures(groups=None, members=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What is published of an organisation's quarter."""

    total: Figures
    entries: int | None
    areas: Mapping[str, Figures]
    """Those that stand, and no others: that there is a group in one of the rest isn't told either."""
    some_left_out: bool
    """Whether there are others."""


def rounded(number: int) -> int:
    """To the nearest five; never to nothing, as only what stands is rounded."""
    return ROUNDED_TO * ((number + ROUNDED_TO // 2) // ROUNDED_TO)


def publish(areas: Mapping[str, Count], total: Count, entries: Count) -> Published:
    """What may be told: of each area, of all of them, and of those who came.

    `total` counts every person once, whereas one may hold places in two areas.
    """
    left_out = to_leave_out(areas)
    return Published(
        total=_told(total) if total.stands else LEFT_OUT,
        entries=rounded(entries.places) if entries.stands else None,
        areas={name: _told(count) for name, count in sorted(areas.items()) if name not in left_out},
        some_left_out=bool(left_out),
    )


def to_leave_out(areas: Mapping[str, Count]) -> set[str]:
    """The areas that can't be told: those that don't stand, and as many others as it takes to hide them."""
    left_out = {name for name, count in areas.items() if not count.stands}
    others = sorted((areas.keys() - left_out), key=lambda name: (areas[name].places, name))
    for name in others:
        if not left_out or is_hidden(areas, left_out):
            break
        left_out.add(name)
    return left_out


def is_hidden(areas: Mapping[str, Count], left_out: set[str]) -> bool:
    """Whether none of these can be had from a total and the others."""
    together = sum((areas[name] for name in left_out), NOTHING)
    return len(left_out) > 1 and together.stands


def _told(count: Count) -> Figures:
    return Figures(groups=count.groups, members=rounded(count.places))
