"""A stage for the fuzzer: one person who is administrator, coordinator and member, and real ids of everything."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from tests.support.world import Made, World

_LIKELY = 0.7
"""How often a real id stands where an id is asked for; otherwise it is the fuzzer's own invention."""
_MEANT = ["2xx", "304", "400", "403", "404", "409", "412", "414", "422"]
"""What well-formed requests may be answered: cursors (400), versions (412), bytes of an address (414) and rules of
the domain (422) can't be told by a schema. 401, 405, 406, 413, 415, 428 and every 5xx would be failures."""
_REFUSED = ["400", "401", "403", "404", "405", "406", "409", "412", "414", "415", "422", "428"]
"""What malformed requests may be answered; some of them are refused for what they ask before how they ask it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Who fuzzes, and with which ids."""

    actor: Actor
    ids: dict[str, list[str]]
    """By the name of the parameter."""
    expendable_group: str
    """A group that the person may leave without the others being lost for the fuzzer."""


async def set_stage(world: World) -> Stage:
    """Build the histories that the fuzzer's cases shall reach into."""
    me = world.administrator
    await world.do.organisations.register(me, world.organisation, "Me")
    await world.do.organisations.grant_role(me, world.organisation, me.person_id, Role.COORDINATOR)
    await world.do.intake.declare_readiness(me, world.organisation)
    meeting, expendable = [await _group_with(world, me, alias) for alias in ("One", "Two")]
    forming = await world.forming(3, sign=False)
    await world.open_for_new(meeting)
    _, applied = await world.applied(await world.code())
    ballot = await world.admission(meeting, applied)
    planned = [await _plan(world, group) for group in (meeting, forming)]
    invited = await world.ready("invited")
    placement = await world.do.groups.invite_to_place(world.coordinator, forming.id, invited.person_id)
    ids: dict[str, list[Any]] = {
        "organisation_id": [world.organisation],
        "group_id": [meeting.id, forming.id],
        "person_id": [(await world.ready("other")).person_id, invited.person_id],
        "placement_id": [placement.id],
        "meeting_id": planned,
        "application_id": [applied.id],
        "ballot_id": [ballot.id],
    }
    texts = {name: [str(value) for value in values] for name, values in ids.items()}
    return Stage(me, texts, str(expendable.id))


async def _group_with(world: World, me: Actor, alias: str) -> Made:
    """A group of five that has met, with me in it, signed."""
    made = await world.forming(4, sign=False)
    placement = await world.do.groups.invite_to_place(world.coordinator, made.id, me.person_id)
    await world.do.groups.accept_place(me, placement.id, alias)
    made.members.append(me)
    await world.sign_all(made)
    await world.do.meetings.plan_meeting(
        world.coordinator, made.id, world.now + timedelta(hours=1), "Library"
    )
    world.forward(hours=2)
    return made


async def _plan(world: World, group: Made) -> str:
    at = world.now + timedelta(days=30)
    planner = group.members[0] if group.members[-1] is world.administrator else world.coordinator
    return str((await world.do.meetings.plan_meeting(planner, group.id, at, "Library")).id)


def config_of(stage: Stage, folder: Path) -> Path:
    """Schemathesis' settings, with the ids as dictionaries."""
    lines = [
        "[generation]",
        "database = 'none'",
        "",
        "[checks.positive_data_acceptance]",
        f"expected-statuses = {_MEANT!r}",
        "",
        "[checks.negative_data_rejection]",
        f"expected-statuses = {_REFUSED!r}",
        "",
        "[checks.missing_required_header]",
        f"expected-statuses = {_REFUSED!r}",
        "",
    ]
    for name, values in {**stage.ids, "expendable": [stage.expendable_group]}.items():
        lines += [f"[dictionaries.{name}]", f"values = {values!r}", ""]
    lines.append("[parameters]")
    lines += [f"'path.{name}' = {{ dictionary = '{name}', probability = {_LIKELY} }}" for name in stage.ids]
    lines += [
        f"'body.{name}' = {{ dictionary = '{name}', probability = {_LIKELY} }}"
        for name in ("application_id", "person_id")
    ]
    lines.append("'body.parent_id' = { dictionary = 'organisation_id', probability = 0.7 }")
    lines += [
        "",
        "[[operations]]",
        "include-operation-id = 'leave_group'",
        "[operations.parameters]",
        "'path.group_id' = { dictionary = 'expendable', probability = 1.0 }",
        "",
    ]
    file = folder / "schemathesis.toml"
    file.write_text("\n".join(lines))
    return file
