"""Makes a world organisation by organisation, and writes it: one transaction for each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from app.adapters.ballot_box import HpkeEnvelopes, KeyDirectory
from app.adapters.postgres.loading import STANDING, Loader, loading
from app.adapters.vault import AesVault
from app.adapters.words import ContentWords
from app.demo.world.courses import make_courses
from app.demo.world.ground import Place, Plan, Rows
from app.demo.world.groups import make_group
from app.demo.world.intake import make_interests, make_recommendations
from app.demo.world.organisations import lay_out
from app.demo.world.volunteers import make_volunteers
from app.domain.shared.ids import BallotId, MembershipId

Progress = Callable[[int, int], None]
"""Called with how many groups there are now, and how many there will be."""
FIRST = (
    "organisation", "policy", "person", "identity", "registration", "affiliation", "role_grant", "staff_declaration",
    "volunteer", "training_entry", "intake_outcome", "interest", "recommendation", "recommendation_code", "course",
    "course_milestone", "course_sign_up", "self_help_group", "placement", "application", "ground_rules", "assessment",
    "assessment_text", "starter_assignment",
)  # fmt: skip
IN_TURN = ("generation", "membership", "ballot", "ballot_roll", "ballot_outcome")
"""Generation by generation, as history went: each of them stands on what the one before it decided."""
LAST = (
    "declaration", "seat", "envelope", "convenor", "waiting", "meeting_series", "meeting", "meeting_agenda",
    "attendance",
    "absence_notice", "member_leave", "exit_version", "starter_message", "starter_visit",
)  # fmt: skip
"""Meetings come after members, convenors and who waits: once one has begun, only a ballot lets anybody in (A-01)."""


class NotEmpty(RuntimeError):
    """There are organisations already, or this very world is there."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    organisations: int
    groups: int
    rows: int
    coordinator: str
    """Login of the coordinator of the largest organisation."""


def places(plan: Plan) -> Iterator[tuple[Place, int]]:
    """Every organisation with all of its rows, those above first, and how many groups it has."""
    ground = lay_out(plan, ContentWords())
    kinds, states, courses = count(), count(), count()
    for place in ground.above:
        yield place, 0
    for place, groups in ground.local:
        make_volunteers(place, max(2, groups // 3), states)
        make_interests(place, max(2, groups))
        make_recommendations(place, 1 + groups // 10)
        make_courses(place, 1 + groups // 8, courses)
        for _ in range(groups):
            make_group(place, kinds)
        yield place, groups


@dataclass(frozen=True, slots=True)
class Seals:
    """What seals votes and what is confided, as the service does."""

    keys: KeyDirectory
    envelopes: HpkeEnvelopes
    vault: AesVault


async def seed_world(owner_url: str, plan: Plan, seals: Seals, *, add: bool, progress: Progress) -> Made:
    """Write a world. `NotEmpty` unless there are no organisations yet, or `add` is given and it isn't there already."""
    organisations, rows, groups, largest = 0, 0, 0, (-1, "")
    async with loading(owner_url) as loader:
        for place, size in places(plan):
            async with loader.chunk():
                if organisations == 0:
                    await _require_room(loader, place.organisation, add=add)
                await _write(loader, place.rows, seals)
            organisations, rows, groups = organisations + 1, rows + len(place.rows), groups + size
            largest = max(largest, (size, place.coordinators[0].subject))
            if size:
                progress(groups, plan.groups)
        await loader.analyze()
    return Made(organisations, groups, rows, largest[1])


async def _require_room(loader: Loader, first: UUID, *, add: bool) -> None:
    there = await loader.organisations()
    if first in there:
        raise NotEmpty("This world is there already; another number (--seed) makes another one.")
    if there and not add:
        raise NotEmpty(f"There are {len(there)} organisations already; --add puts a world beside them.")


async def _write(loader: Loader, rows: Rows, seals: Seals) -> None:
    made: list[BallotId] = []
    try:
        for box in rows.boxes:
            ballot = BallotId(box.ballot["id"])
            box.ballot["public_key"] = seals.keys.create(ballot)
            made.append(ballot)
            for member, choice in box.votes:
                sealed = seals.envelopes.seal(box.ballot["public_key"], ballot, MembershipId(member), choice)
                rows.add(
                    "envelope", organisation_id=box.ballot["organisation_id"], ballot_id=ballot,
                    membership_id=member, sealed=sealed,
                )  # fmt: skip
        for place, said in rows.confided:
            rows.add(
                "assessment_text", organisation_id=place, assessment_id=said.assessment, kind=said.kind,
                sealed=seals.vault.seal(place, said.assessment, f"assessment.{said.kind}", said.words),
                gone_at=said.gone_at,
            )  # fmt: skip
        await _copy(loader, rows)
    except BaseException:
        for ballot in made:
            seals.keys.destroy(ballot)
        raise


async def _copy(loader: Loader, rows: Rows) -> None:
    unknown = set(rows.tables) - {*FIRST, *IN_TURN, *LAST}
    if unknown:
        raise RuntimeError(f"nobody says when {', '.join(sorted(unknown))} is written")
    entered = {ballot for _, ballot, _ in rows.ended_offers}
    turns = {row["id"]: row["generation"] for row in rows.tables.get("ballot", [])}
    for table in FIRST:
        await loader.copy(table, rows.tables.get(table, []))
    for number in range(1, 1 + max(turns.values(), default=1) + 1):
        for table in IN_TURN:
            held = [row for row in rows.tables.get(table, []) if _turn(table, row, turns) == number]
            if table == "ballot_outcome":
                held = [
                    {**row, "offer_expires_at": STANDING} if row["ballot_id"] in entered else row
                    for row in held
                ]
            await loader.copy(table, held)
    await loader.end_offers(rows.ended_offers)
    for table in LAST:
        await loader.copy(table, rows.tables.get(table, []))


def _turn(table: str, row: dict[str, object], turns: dict[UUID, int]) -> object:
    """In which generation of its group a row belongs."""
    if table == "generation":
        return row["number"]
    if table in ("ballot_roll", "ballot_outcome"):
        return turns[row["ballot_id"]]  # type: ignore[index]
    return row["generation"]
