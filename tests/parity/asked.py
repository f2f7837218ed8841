"""Everything that can be asked about a group in the middle of a random history, without leaving a trace in it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from tests.parity.conftest import Memory
from tests.parity.inside import INSIDE
from tests.parity.ways_in import Question
from tests.support.group_history import History

Body = Mapping[str, Any] | None
Ids = Mapping[str, list[Any]]


@asynccontextmanager
async def only_asked(memory: Memory) -> AsyncIterator[None]:
    """Meanwhile nothing is kept."""
    memory.keeps = False
    try:
        yield
    finally:
        memory.keeps = True


def bodies(history: History, ids: Ids) -> dict[str, Body]:
    """What is said in each operation; the person spoken about is neither of the two who ask."""
    third = str(ids["membership_id"][0])
    world = history.world
    soon, later = world.now + timedelta(days=4), world.now + timedelta(days=30)
    text = world.signature()
    signature = {
        name: getattr(text, name) for name in ("text_version", "language", "text_sha256", "typed_name")
    }
    meeting = {"starts_at": soon.isoformat(), "place": "Café"}
    series = {"first_local": soon.replace(tzinfo=None).isoformat(timespec="minutes"), "place": "Chapel"}
    about: dict[str, dict[str, Any]] = {
        "open_for_new_people": {},
        "end_date": {"ends_at": (world.now + timedelta(days=60)).isoformat()},
        "exclusion": {"member_id": third},
        "longer_stay": {"assignment_id": str(history.helping.id), "max_meetings": 5},
    }
    for question, name in (("admission", "application_id"), ("ground_rules", "ground_rules_id")):
        if ids.get(name):
            about[question] = {name: str(history.chance.choice(ids[name]))}
    asked = history.chance.choice(sorted(about))
    return {
        "edit_group": {"form": "video", "area": "Online", "language": "nb", "theme": "Grief"},
        "sign_declaration": {"signature": signature},
        "witness_declaration": {"membership_id": third, "language": "nb"},
        "invite_to_place": {"person_id": str(world.coordinator.person_id)},
        "change_alias": {"alias": "Another"},
        "correct_application": {"alias": "Alke", "introduction": "In other words."},
        "accept_place": {"alias": "Alke"},
        "take_leave": {"ends_at": later.isoformat()},
        "draft_ground_rules": {"agreement": {"rhythm": "Every week", "points": ["No telephones"]}},
        "plan_meeting": meeting,
        "move_meeting": meeting,
        "correct_meeting": {"held": history.chance.random() < 0.5},
        "plan_series": series,
        "change_series": series,
        "arrange_agenda": {"items": [{"key": None, "title": "Summer outing", "minutes": 5}]},
        "note_attendance": {"present": True},
        "assign_starter": {"person_id": str(history.helper.person_id), "max_meetings": 1},
        "replace_starter": {"person_id": str(history.helper.person_id)},
        "shorten_exit": {"max_meetings": 1},
        "set_follow_up": {"day": later.date().isoformat()},
        "invite_visitor": {"meeting_id": str(history.chance.choice(ids["meeting_id"]))},
        "write_to_participants": {"words": "Hello."},
        "accept_entry": {"signature": signature},
        "open_ballot": {"question": asked, **about[asked]},
        "cast_vote": {"choice": "for"},
    }  # fmt: skip


def questions(history: History, ids: Ids) -> list[Question]:
    """Each operation with a group in it, asked about one thing that is there."""
    said = bodies(history, ids)
    found = []
    for operation in INSIDE:
        if all(ids.get(name) for name in operation.path_names):
            place = {name: str(history.chance.choice(ids[name])) for name in operation.path_names}
            body = said[operation.name] if operation.takes is not None else None
            found.append(Question(operation, place, body, {}))
    return found
