"""A system reaches what the table of operations opens for it, by its account and scopes, and nothing else."""

from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any, get_args, get_type_hints

import httpx
import pytest

from app.api.shared.operations import ALL
from app.domain.shared.ids import MembershipId, PersonId
from app.domain.systems.account import SystemScope
from app.services.admission.views import ApplicationView
from app.services.groups.views import GroupView
from tests.parity.samples import questions
from tests.parity.scene import Scene
from tests.parity.ways_in import ask_graphql, ask_rest

OPEN = {
    "give_recommendation",
    "list_recommendations",
    "list_courses",
    "read_course",
    "list_announced_courses",
    "read_announced_course",
    "announce_course",
    "note_announced_milestone",
    "read_course_import",
    "list_events",
    "register_webhook",
    "list_webhooks",
    "read_webhook",
    "change_webhook",
    "rotate_webhook_secret",
    "remove_webhook",
    "try_webhook",
    "list_deliveries",
    "redeliver_event",
    "resume_webhook",
    "read_own_system",
    "read_statistics",
}
"""Written down here once more, so that nobody opens something for machines without thinking of it (A-06, O-01, P-h14)."""


def test_what_is_open_for_systems_is_what_was_decided() -> None:
    assert {each.name for each in ALL if each.lets_systems_in and not each.is_public} == OPEN
    assert {each.scope for each in ALL} - {None} == set(SystemScope)


def told_by(kind: Any) -> dict[str, Any]:
    """Every member of a view and of the views in it, by its name."""
    found: dict[str, Any] = {}
    for part in (kind, *get_args(kind)):
        if is_dataclass(part):
            for name, hint in get_type_hints(part).items():
                if name != "__pydantic_config__":
                    found |= {name: hint} | told_by(hint)
    return found


def test_no_system_is_told_of_a_person() -> None:
    """So there is nothing of it in the log of accesses; what ever tells of one has to be noted there first."""
    for operation in (each for each in ALL if each.name in OPEN):
        for name, hint in told_by(operation.gives).items():
            assert not {hint, *get_args(hint)} & {PersonId, MembershipId}, f"{operation.name}: {name}"
            assert name not in ("alias", "chosen_name", "reader", "who"), f"{operation.name}: {name}"
    assert "alias" in told_by(ApplicationView)  # it would be found
    assert MembershipId in get_args(told_by(GroupView)["my_membership_id"])


@pytest.mark.rule("A-06", "O-01")
@pytest.mark.hazard("P-h1", "P-h14")
@pytest.mark.parametrize("name", [each.name for each in ALL if not each.is_public])
async def test_everything_else_takes_a_person(
    ways: httpx.AsyncClient, scene: Scene, token: Callable[..., str], name: str, memory: object
) -> None:
    memory.keeps = False  # type: ignore[attr-defined]
    try:
        for viewer in ("system with an account", "system"):
            question = questions(scene, name)[0]
            headers = {**scene.headers(viewer, token), "if-match": '"v1-00000000000000000000000000000000"'}
            for answer in (
                await ask_rest(ways, question, headers),
                await ask_graphql(ways, question, headers),
            ):
                if name not in OPEN:
                    assert answer.code == "shared.person_needed"
                else:
                    assert answer.code == ("ok" if viewer != "system" else "systems.not_admitted")
    finally:
        memory.keeps = True  # type: ignore[attr-defined]
