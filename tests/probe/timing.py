"""How long it takes to be told that something is not there, where it is hidden and where nobody ever had it (P2)."""

import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

import httpx

from app.adapters.chance import SystemChance
from app.api.shared.operations import Operation
from app.domain.shared.ids import OrganisationId, compose_id
from tests.parity.samples import BODIES, places
from tests.parity.scene import Scene
from tests.parity.ways_in import BY_NAME, Answer, Question, ask_graphql, ask_rest

AIM = 0.10
WARM_UP = 5
_NUMBERS = count(1)
PROBED = {
    "group": ("read_group", "leave_group"),
    "ballot": ("read_ballot", "cast_vote"),
    "application": ("read_application", "accept_entry"),
    "meeting": ("read_meeting", "note_absence"),
    "offer": ("read_group_offer",),
    "placement": ("accept_place",),
    "ground rules": ("read_ground_rules",),
    "assessment": ("read_assessment",),
    "assignment": ("read_assignment",),
    "visit": ("withdraw_visit",),
    "course": ("withdraw_sign_up",),
    "consent": ("read_consent",),
    "system": ("read_system",),
}
"""By kind of thing: what is looked at, and what is changed."""
WAYS: Mapping[str, Callable[..., Awaitable[Answer]]] = {"REST": ask_rest, "GraphQL": ask_graphql}


def absent_id(organisation: OrganisationId) -> str:
    """An id that the organisation could have given, and never did."""
    return str(compose_id(organisation, 1_700_000_000_000 + next(_NUMBERS), SystemChance().bits(44)))


@dataclass(frozen=True, slots=True)
class Case:
    """Something that somebody asks for, and how to ask for the same where there is nothing."""

    kind: str
    operation: Operation
    hidden: Question
    absent: Callable[[], Question]


def cases(scene: Scene, *, shortly: bool) -> list[Case]:
    """One of each operation, in this organisation; shortly: one of each kind."""
    return [
        _case(scene, kind, BY_NAME[name])
        for kind, names in PROBED.items()
        for name in (names[:1] if shortly else names)
    ]


def _case(scene: Scene, kind: str, operation: Operation) -> Case:
    body = BODIES[operation.name](scene) if operation.takes is not None else None
    place = places(scene, operation)[0]
    return Case(
        kind, operation, Question(operation, place, body, {}), lambda: _elsewhere(scene, operation, body)
    )


def _elsewhere(scene: Scene, operation: Operation, body: Mapping[str, Any] | None) -> Question:
    place = {name: absent_id(scene.organisation) for name in operation.path_names}
    return Question(operation, place, body, {})


@dataclass(frozen=True, slots=True)
class Finding:
    """What was measured for one case, one viewer and one way in; times in milliseconds."""

    case: Case
    viewer: str
    way: str
    code: str
    hidden: float
    absent: float
    noise: float
    """The odd ones of the absent by the even ones: what the machine itself does to a ratio."""

    @property
    def ratio(self) -> float:
        return self.hidden / self.absent


async def measured(
    http: httpx.AsyncClient, case: Case, viewer: str, way: str, headers: dict[str, str], rounds: int
) -> Finding | None:
    """Medians over so many of each, one beside the other in an order by chance; None where it isn't hidden from them."""
    ask = WAYS[way]
    first, other = await ask(http, case.hidden, headers), await ask(http, case.absent(), headers)
    if first.code == "ok" or (first.code, first.status) != (other.code, other.status):
        return None
    makers = (lambda: case.hidden, case.absent)
    times: tuple[list[float], ...] = ([], [])
    for number in range(-min(WARM_UP, rounds), rounds):
        for which in random.sample(range(2), 2):
            question = makers[which]()
            began = perf_counter()
            answer = await ask(http, question, headers)
            took = perf_counter() - began
            assert answer.code == first.code
            if number >= 0:
                times[which].append(took * 1000)
    hidden, absent = times
    noise = median(absent[::2]) / median(absent[1::2])
    return Finding(case, viewer, way, first.code, median(hidden), median(absent), noise)


def table(findings: list[Finding]) -> str:
    """What was found, the widest apart first."""
    lines = [
        "",
        f"{'kind':13}{'asked':22}{'by':14}{'way':9}{'hidden':>8}{'absent':>8}{'ratio':>8}{'noise':>8}  code",
    ]
    for each in sorted(findings, key=lambda found: -abs(found.ratio - 1)):
        sign = "" if abs(each.ratio - 1) <= AIM else "  <-- apart"
        lines.append(
            f"{each.case.kind:13}{each.case.operation.name:22}{each.viewer:14}{each.way:9}"
            f"{each.hidden:8.2f}{each.absent:8.2f}{each.ratio:8.3f}{each.noise:8.3f}  {each.code}{sign}"
        )
    apart = [each for each in findings if abs(each.ratio - 1) > AIM]
    alike = f"{len(findings) - len(apart)} of {len(findings)}"
    return "\n".join([*lines, f"{alike} within ±{AIM:.0%} (medians, in milliseconds)"])
