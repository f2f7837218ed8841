"""An attacker who has everything that can be read, and who learns.

From half of the ballots, whose votes somebody has told them, they learn which of all the things that can be read go
with which choice, and guess the other half; then the other way round, so that every vote is guessed once. Beside them
sits somebody who knows only rule, roll and outcome. Neither is told what a table is for: rows are joined by ids, by
`xmin`, and by their order (`ctid`, `xmin`), and every column is tried.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.secrecy.laid_open import Row

CHOICES = ("for", "against", "abstain")
Clues = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One vote that was cast: what everybody may know of it, and the secret."""

    ballot: UUID
    person: UUID
    member: UUID
    known: Hashable
    """Rule, roll and outcome."""
    choice: str


@dataclass(slots=True, repr=False)
class Material:
    """Rows of one or more moments, found by any id that they name and by the transaction that wrote them."""

    by_id: dict[UUID, list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_writer: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, moment: str, rows: Iterable[Row], ballots: set[UUID]) -> None:
        """Take in what names one of these ballots, and whatever was written together with it."""
        rows = list(rows)
        near = [row for row in rows if not ballots.isdisjoint(row.ids)]
        writers = {row.written_by for row in near}
        for row in rows:
            if row.written_by in writers:
                seen = Row(f"{moment} {row.table}", row.place, row.written_by, row.values, row.ids)
                self.by_writer[seen.written_by].append(seen)
                for one in seen.ids:
                    self.by_id[one].append(seen)


@dataclass(frozen=True, slots=True)
class Score:
    """How often the votes were guessed."""

    votes: int
    baseline: float
    """By rule, roll and outcome alone."""
    attack: float
    low: float
    high: float
    """The 95 % interval around the baseline (Wilson)."""
    best_clues: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.votes} votes: attack {self.attack:.1%}, rule+roll+outcome {self.baseline:.1%}"
            f" (95 %: {self.low:.1%} to {self.high:.1%}), by {', '.join(self.best_clues[:3])}"
        )


def attack(cases: Sequence[Case], material: Material) -> Score:
    """Learn on one half of the ballots, guess the other; and the other way round."""
    clues = [clues_of(material, case) for case in cases]
    halves = _parts(cases, 2)
    right = by_known = 0
    used: list[str] = []
    for mine, other in (halves, halves[::-1]):
        learning = [(cases[index], clues[index]) for index in mine]
        names = choose_clues(learning)
        used += names
        clever, plain = Guesser(learning, names), Guesser(learning, ())
        for index in other:
            right += clever.guess(cases[index].known, clues[index]) == cases[index].choice
            by_known += plain.guess(cases[index].known, {}) == cases[index].choice
    low, high = wilson(by_known, len(cases))
    return Score(len(cases), by_known / len(cases), right / len(cases), low, high, tuple(used))


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share."""
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return middle - half, middle + half


def clues_of(material: Material, case: Case) -> Clues:
    """Everything that can be read and has to do with this voter in this ballot."""
    found: dict[str, list[str]] = defaultdict(list)
    tables: dict[str, list[Row]] = defaultdict(list)
    for row in material.by_id[case.ballot]:
        tables[row.table].append(row)
    for anchor in material.by_id[case.ballot]:
        if case.member not in anchor.ids and case.person not in anchor.ids:
            continue
        _read(found, anchor.table, anchor)
        for other in material.by_writer[anchor.written_by]:
            if other.table != anchor.table:
                _read(found, f"{anchor.table} ~xmin~ {other.table}", other)
        for order, key in _ORDERS:
            rank = sorted(tables[anchor.table], key=key).index(anchor)
            found[f"{anchor.table} by {order}"].append(str(rank))
            for name, rows in tables.items():
                if name != anchor.table and rank < len(rows):
                    _read(found, f"{anchor.table} ~{order}~ {name}", sorted(rows, key=key)[rank])
    return {name: "|".join(sorted(values)) for name, values in found.items()}


_ORDERS: tuple[tuple[str, Callable[[Row], Any]], ...] = (
    ("ctid", lambda row: row.place),
    ("xmin", lambda row: (row.written_by, row.place)),
)


def _read(found: dict[str, list[str]], prefix: str, row: Row) -> None:
    found[f"{prefix}: there"].append("yes")
    for column, value in row.values.items():
        name = f"{prefix}.{column}"
        if isinstance(value, bytes):
            found[f"{name} length"].append(str(len(value)))
            found[f"{name} sum"].append(str(sum(value) % 4))
            for index in range(0, len(value), 4):
                found[f"{name}[{index}]"].append(str(value[index] >> 5))
        elif isinstance(value, datetime):
            found[name].append("a time")
        elif not isinstance(value, UUID):
            found[name].append(str(value)[:20])


class Guesser:
    """Naive Bayes over what is known and some clues; without clues, the best guess from what is known."""

    def __init__(self, learning: Sequence[tuple[Case, Clues]], names: Sequence[str]) -> None:
        self._names = names
        self._choices = Counter(case.choice for case, _ in learning)
        self._known: dict[Hashable, Counter[str]] = defaultdict(Counter)
        self._seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for case, clues in learning:
            self._known[case.known][case.choice] += 1
            for name in names:
                if name in clues:
                    self._seen[name, clues[name]][case.choice] += 1

    def guess(self, known: Hashable, clues: Clues) -> str:
        """The likeliest choice."""
        total = sum(self._choices.values())
        likelihood = {}
        for choice in CHOICES:
            share = (self._choices[choice] + 1) / (total + 3)
            here = self._known.get(known, Counter())
            weight = math.log((here[choice] + share) / (sum(here.values()) + 1))
            for name in self._names:
                if (name, clues.get(name, "")) in self._seen:
                    seen = self._seen[name, clues[name]][choice]
                    weight += math.log((seen + share) / (self._choices[choice] + 1))
            likelihood[choice] = weight
        return max(CHOICES, key=lambda choice: likelihood[choice])


def choose_clues(learning: Sequence[tuple[Case, Clues]]) -> tuple[str, ...]:
    """The clues that served best within the learning half: each one alone, the best few together, and all of them."""
    values: dict[str, set[str]] = defaultdict(set)
    for _, clues in learning:
        for name, value in clues.items():
            values[name].add(value)
    telling = sorted(name for name in values if len(values[name]) > 1) or sorted(values)
    folds = _parts([case for case, _ in learning], 2)

    def served(names: Sequence[str]) -> int:
        hits = 0
        for fold in folds:
            inside = set(fold)
            guesser = Guesser([one for index, one in enumerate(learning) if index not in inside], names)
            hits += sum(
                guesser.guess(learning[index][0].known, learning[index][1]) == learning[index][0].choice
                for index in fold
            )
        return hits

    ranked = sorted(telling, key=lambda name: served((name,)), reverse=True)
    together = [tuple(ranked[:count]) for count in (1, 2, 3, 5, 10, len(ranked))]
    return max(together, key=served)


def _parts(cases: Sequence[Case], count: int) -> list[list[int]]:
    """The indices of the cases in so many parts; the votes of one ballot stay together."""
    ballots = {ballot: number for number, ballot in enumerate(dict.fromkeys(case.ballot for case in cases))}
    parts: list[list[int]] = [[] for _ in range(count)]
    for index, case in enumerate(cases):
        parts[ballots[case.ballot] % count].append(index)
    return parts
