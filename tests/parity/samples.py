"""What each operation is asked with. An operation without a line here makes the table's own test fail.

A feature that grows keeps its lines in a module of its own beside this one, `samples_<feature>.py`, with any of
`BODIES`, `FILTERS`, `PLACES` (values of path names, from the scene), `ALSO_AT` (more places for one operation alone) and
`play(scene)` (what it needs there).
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from app.api.shared.operations import Operation
from tests.parity.scene import Scene, features
from tests.parity.ways_in import BY_NAME, Question
from tests.support.canaries import IN_MY_OWN_WORDS, marked

Body = Mapping[str, Any]


def _signature(scene: Scene) -> Body:
    text = scene.world.signature()
    return {
        "signature": {
            "text_version": text.text_version,
            "language": text.language,
            "text_sha256": text.text_sha256,
            "typed_name": marked("Somebody"),
        }
    }


def _meeting(scene: Scene) -> Body:
    at = (scene.world.now + timedelta(days=9)).replace(microsecond=0)
    return {"starts_at": at.isoformat(), "place": "Café", "minutes": 90}


_GROUP_TEXT = {"form": "video", "area": "Online", "language": "nb", "theme": "Grief"}
BODIES: dict[str, Callable[[Scene], Body | None]] = {
    "introduce_myself": lambda s: {"chosen_name": "Hanne", "languages": ["nb"], "i_am_of_age": True},
    "create_organisation": lambda s: {
        "parent_id": _national(s), "name": "New", "country": "NO", "level": "local",
        "municipalities": ["4601"], "time_zone": "Europe/Oslo",
    },
    "note_mergers": lambda s: {"mergers": []},
    "adopt_policy": lambda s: {"settings": {"intake_mode": "self_declaration", "ballot_rule": "unanimous"}},
    "register_with_organisation": lambda s: {"name": "Hanne"},
    "sign_for_organisation": _signature,
    "record_intake_outcome": lambda s: {"person_id": _person(s, "registered"), "outcome": "group"},
    "form_group": lambda s: {**_GROUP_TEXT, "seats": 5},
    "edit_group": lambda s: _GROUP_TEXT,
    "invite_to_place": lambda s: {"person_id": _person(s, "registered")},
    "accept_place": lambda s: {"alias": "Alke"},
    "sign_declaration": _signature,
    "witness_declaration": lambda s: {"membership_id": s.unsigned_membership, "language": "nb"},
    "plan_meeting": _meeting,
    "move_meeting": _meeting,
    "correct_meeting": lambda s: {"held": False},
    "apply_to_group": lambda s: {
        "application_code": s.code, "alias": "Alke", "introduction": IN_MY_OWN_WORDS, "known_as": marked("Hanne"),
    },
    "change_alias": lambda s: {"alias": "Another"},
    "correct_application": lambda s: {"alias": "Alke", "introduction": IN_MY_OWN_WORDS},
    "open_ballot": lambda s: {"question": "admission", "application_id": str(s.waiting.id)},
    "cast_vote": lambda s: {"choice": "for"},
    "accept_entry": lambda s: {**_signature(s), "alias": None},
}  # fmt: skip
FILTERS: dict[str, list[Body]] = {
    "list_organisations": [{"country": "NO", "limit": 2}],
    "read_policy": [{"as_of": "2200-01-01T00:00:00Z"}],
    "list_registrations": [{"role": "coordinator"}, {"limit": 1}],
    "list_groups": [{"form": "in_person"}, {"theme": "Grief", "phase": "forming"}, {"limit": 1}],
    "list_offers": [{"theme": "Grief"}, {"form": "video"}],
    "list_meetings": [{"limit": 1}],
    "list_applications": [{"limit": 1}],
    "list_ballots": [{"limit": 1}],
    "read_declaration": [{"language": "da"}],
}


PLACES: dict[str, Callable[[Scene], list[str]]] = {
    "organisation_id": lambda s: [str(s.organisation)],
    "group_id": lambda s: [str(s.group.id), str(s.forming.id)],
    "meeting_id": lambda s: [str(s.next_meeting.id), str(s.first_meeting.id), s.held_meeting],
    "placement_id": lambda s: [str(s.placement.id)],
    "application_id": lambda s: [str(each.id) for each in (s.in_ballot, s.offered, s.waiting)],
    "ballot_id": lambda s: [str(s.ballot.id), s.counted_ballot],
    "person_id": lambda s: [_person(s, "starter"), _person(s, "registered")],
    "role": lambda s: ["starter"],
    "country": lambda s: ["NO", "DK"],
}
ALSO_AT: dict[str, Callable[[Scene], list[dict[str, str]]]] = {}
ALSO_ASKED: dict[str, Callable[[Scene], list[tuple[dict[str, str], Body]]]] = {}
for feature in features():
    BODIES.update(getattr(feature, "BODIES", {}))
    FILTERS.update(getattr(feature, "FILTERS", {}))
    PLACES.update(getattr(feature, "PLACES", {}))
    ALSO_AT.update(getattr(feature, "ALSO_AT", {}))
    ALSO_ASKED.update(getattr(feature, "ALSO_ASKED", {}))


def _person(scene: Scene, viewer: str) -> str:
    return str(scene.viewers[viewer].person_id)


def _national(scene: Scene) -> str:
    return scene.national


def places(scene: Scene, operation: Operation) -> list[dict[str, str]]:
    """The values of the path's names: where something can be asked for, and where it is too late for it."""
    found: list[dict[str, str]] = [{}]
    for name in operation.path_names:
        found = [{**place, name: value} for place in found for value in PLACES[name](scene)]
    return [*found, *ALSO_AT[operation.name](scene)] if operation.name in ALSO_AT else found


def questions(scene: Scene, name: str) -> list[Question]:
    """Everything that this operation is asked in the table."""
    operation = BY_NAME[name]
    body = BODIES[name](scene) if operation.takes is not None else None
    found = [Question(operation, place, body, {}) for place in places(scene, operation)]
    for filters in FILTERS.get(name, []):
        found += [Question(operation, place, body, filters) for place in places(scene, operation)[:1]]
    if name in ALSO_ASKED:
        found += [Question(operation, place, other, {}) for place, other in ALSO_ASKED[name](scene)]
    return found
