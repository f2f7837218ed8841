"""An attack on everything that is published: can what was left out be had from the rest?

Random worlds over several quarters: groups of one to eight in a few areas, whose members come and go. The attacker knows
all published figures, all areas that have groups, and how the figures are made: sums, roundings, thresholds, that a group
has one to eight members, that nobody is a member who hasn't come. An integer solver (Z3) then says for each figure that
was left out what it can be at least and at most. It has to stay as open as a figure that is told: five persons, three
groups.

Negative controls: the same attack against thresholds alone wins, exactly; rounding alone stops it as little.
"""

import os
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import pytest
import z3

from app.domain.statistics.suppression import (
    FEWEST_GROUPS,
    FEWEST_PERSONS,
    LEFT_OUT,
    NOTHING,
    Count,
    Figures,
    Published,
    publish,
    rounded,
)

WORLDS = int(os.environ.get("VERKSTED_ATTACKS", "60"))
World = list[tuple[dict[str, Count], Count]]
"""For each quarter: the areas with their counts, and who came in it."""
Publish = Callable[[Mapping[str, Count], Count, Count], Published]


@dataclass(frozen=True)
class Recovered:
    """What the attacker knows of a figure that was left out."""

    persons: tuple[int, int]
    groups: tuple[int, int]

    @property
    def is_betrayed(self) -> bool:
        """Whether it is closer than what a figure has to stand for."""
        low, high = self.persons
        fewest, most = self.groups
        return high - low < FEWEST_PERSONS or most - fewest < FEWEST_GROUPS


def world(chance: random.Random, quarters: int = 3) -> World:
    """Groups that live, shrink, grow and end."""
    areas = "ABCDEF"[: chance.randint(1, 6)]
    groups = [(chance.choice(areas), chance.randint(1, 8)) for _ in range(chance.randint(2, 18))]
    found: World = []
    came, grown = sum(size for _, size in groups), len(groups)
    for _ in range(quarters):
        counts: dict[str, Count] = {}
        for area, size in groups:
            counts[area] = counts.get(area, NOTHING) + Count(1, size, size)
        found.append((counts, Count(grown, came, came)))
        came = grown = 0
        after: list[tuple[str, int]] = []
        for area, size in groups:
            left = max(0, size - chance.choice((0, 0, 0, 1, 1, 2, size)))
            new = chance.choice((0, 0, 0, 1)) if 0 < left < 8 else 0
            came, grown = came + new, grown + (new > 0)
            after += [(area, left + new)] if left + new else []
        if chance.random() < 0.5:
            size = chance.randint(3, 8)
            after.append((chance.choice(areas), size))
            came, grown = came + size, grown + 1
        groups = after
    return found


def attack(seen: list[Published], areas: list[list[str]], *, rounding: bool = True) -> list[Recovered]:
    """The least and the most that each figure which was left out can be, by what is known."""
    solver = z3.Optimize()
    hidden: list[tuple[z3.ArithRef, z3.ArithRef]] = []
    totals: list[z3.ArithRef] = []
    for quarter, (told, names) in enumerate(zip(seen, areas, strict=True)):
        persons = {name: z3.Int(f"persons {quarter} {name}") for name in names}
        groups = {name: z3.Int(f"groups {quarter} {name}") for name in names}
        whole, entries = z3.Sum([*persons.values(), 0]), z3.Int(f"entries {quarter}")
        for name in names:
            solver.add(groups[name] >= 0, persons[name] >= groups[name], persons[name] <= 8 * groups[name])
            if name in told.areas:
                known(solver, told.areas[name], persons[name], groups[name], rounding)
            else:
                hidden.append((persons[name], groups[name]))
        known(solver, told.total, whole, z3.Sum([*groups.values(), 0]), rounding)
        solver.add(entries >= 0)
        if told.entries is not None:
            near(solver, told.entries, entries, rounding)
        if totals:
            solver.add(whole <= totals[-1] + entries)
        totals.append(whole)
    return [Recovered(bounds(solver, persons), bounds(solver, groups)) for persons, groups in hidden]


def known(
    solver: z3.Optimize, told: Figures, persons: z3.ArithRef, groups: z3.ArithRef, rounding: bool
) -> None:
    """What a published figure says."""
    if told.members is not None and told.groups is not None:
        near(solver, told.members, persons, rounding)
        solver.add(groups == told.groups)


def near(solver: z3.Optimize, told: int, number: z3.ArithRef, rounding: bool) -> None:
    """What a published number of persons says."""
    if rounding:
        solver.add(number >= told - 2, number <= told + 2, number >= FEWEST_PERSONS)
    else:
        solver.add(number == told)


def bounds(solver: z3.Optimize, number: z3.ArithRef) -> tuple[int, int]:
    """The least and the most that it can be; what has no end is far away."""
    found = []
    for aim in (solver.minimize, solver.maximize):
        solver.push()
        solver.add(number <= 10_000)
        aim(number)
        assert solver.check() == z3.sat
        found.append(solver.model().eval(number, model_completion=True).as_long())
        solver.pop()
    return found[0], found[1]


def betrayed(how: Publish, worlds: int, *, rounding: bool = True) -> list[Recovered]:
    """What the attack gets out of this many worlds."""
    found: list[Recovered] = []
    for seed in range(worlds):
        quarters = world(random.Random(seed))
        seen = [how(areas, sum(areas.values(), NOTHING), came) for areas, came in quarters]
        found += attack(seen, [sorted(areas) for areas, _ in quarters], rounding=rounding)
    assert len(found) > worlds  # there is something to be had
    return [each for each in found if each.is_betrayed]


def thresholds_alone(
    areas: Mapping[str, Count], total: Count, entries: Count, *, rounding: bool
) -> Published:
    """What one does who has read the rule and not its reason."""
    shown = rounded if rounding else int

    def told(count: Count) -> Figures:
        return Figures(groups=count.groups, members=shown(count.places)) if count.stands else LEFT_OUT

    standing = {name: told(count) for name, count in areas.items() if count.stands}
    return Published(
        total=told(total),
        entries=shown(entries.places) if entries.stands else None,
        areas=standing,
        some_left_out=len(standing) < len(areas),
    )


@pytest.mark.rule("O-04", "O-06")
@pytest.mark.hazard("P-h2")
def test_nothing_that_was_left_out_can_be_had_from_what_is_published() -> None:
    assert betrayed(publish, WORLDS) == []


def test_the_same_attack_wins_against_thresholds_alone() -> None:
    plain = betrayed(partial(thresholds_alone, rounding=False), 15, rounding=False)
    assert [each for each in plain if each.persons[0] == each.persons[1]]  # exactly
    assert betrayed(partial(thresholds_alone, rounding=True), 15)  # and rounding alone doesn't stop it
