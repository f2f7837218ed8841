"""Volunteers with a training record in every state, some of whom reflect together (V-11)."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from app.demo.world.ground import Helper, Place, Row, Someone
from app.domain.volunteers.criteria import CRITERIA_VERSION, REQUIRED, WELCOME
from app.domain.volunteers.training_record import Continuing, EntryKind, ExemptionReason, Module
from app.domain.volunteers.volunteer import RecruitmentSource

STATES = (
    "assignable", "assignable", "in_training", "assignable", "prospective", "renewal_due", "assignable", "lapsed",
    "exempt", "assignable", "resigned", "not_now",
)  # fmt: skip
"""One volunteer after another; in small places the first of them alone."""
ABLE = frozenset({"assignable", "renewal_due", "exempt"})
_LAST_SUPERVISION = {
    "assignable": (0.05, 0.6), "renewal_due": (0.75, 0.95), "lapsed": (1.2, 1.6), "exempt": (1.2, 1.5),
    "resigned": (1.2, 2.0),
}  # fmt: skip
"""How long ago, in parts of the time that a supervision holds."""


def make_volunteers(place: Place, how_many: int, states: "count[int]") -> None:
    """The volunteers of one organisation."""
    place.helpers = helpers = [_volunteer(place, STATES[next(states) % len(STATES)]) for _ in range(how_many)]
    free = [helper for helper in helpers if helper.is_able]
    for one, other in zip(free[::4], free[1::4], strict=False):
        one.row["partner_id"], other.row["partner_id"] = other.who.id, one.who.id


def _volunteer(place: Place, state: str) -> Helper:
    experienced = state in _LAST_SUPERVISION
    offered = place.now - (place.between(760, 1000) if experienced else place.between(20, 50))
    who = place.person(offered)
    row = place.add(
        "volunteer", person_id=who.id, recruited_from=place.chance.choice(list(RecruitmentSource)),
        offered_at=offered, partner_id=None, partner_code_sha256=None, partner_code_expires_at=None,
    )  # fmt: skip
    if state == "prospective":
        return Helper(who, row, is_able=False, able_from=place.now)
    _conversation(place, who, offered, suited=state != "not_now")
    if state == "not_now":
        return Helper(who, row, is_able=False, able_from=place.now)
    _entry(place, who, EntryKind.INTRODUCTION, offered + place.between(8, 9), module=Module.METHOD)
    if state == "in_training":
        return Helper(who, row, is_able=False, able_from=place.now)
    _entry(place, who, EntryKind.INTRODUCTION, offered + place.between(14, 16), module=Module.VALUES)
    _entry(place, who, EntryKind.INTRODUCTION, offered + place.between(20, 22), module=Module.PRINCIPLES)
    place.sign_for_organisation(who, offered + place.between(23, 25))
    place.grant(who, "starter", offered + place.between(26, 30))
    _what_goes_on(place, who, state)
    return Helper(who, row, is_able=state in ABLE, able_from=offered + timedelta(days=31))


def _conversation(place: Place, who: Someone, offered: datetime, *, suited: bool) -> None:
    welcome = [each for each in WELCOME[CRITERIA_VERSION] if place.likely(0.6)]
    seen = [*REQUIRED[CRITERIA_VERSION], *welcome] if suited else welcome
    _entry(
        place, who, EntryKind.CONVERSATION, offered + place.between(3, 7),
        outcome="suited" if suited else "not_now", criteria_version=CRITERIA_VERSION, qualities=seen,
    )  # fmt: skip


def _what_goes_on(place: Place, who: Someone, state: str) -> None:
    """Courses, network meetings and supervision, again and again (V-06, V-07)."""
    held, now = place.settings, place.now
    _entry(place, who, EntryKind.COURSE, now - place.between(0.05, 0.85) * held.course_every_days)
    for year in (1, 0):
        back = place.between(0.05 + year, 0.8 + year) * held.network_meeting_every_days
        _entry(place, who, EntryKind.NETWORK_MEETING, now - back)
    low, high = _LAST_SUPERVISION[state]
    if state == "renewal_due":
        low = 1 - held.renewal_window_days / held.supervision_every_days * 0.8
    last = now - place.between(low, high) * held.supervision_every_days
    _entry(place, who, EntryKind.SUPERVISION, last)
    if state == "exempt":
        _entry(
            place, who, EntryKind.EXEMPTION, now - place.between(10, 30), requirement=Continuing.SUPERVISION,
            reason=place.chance.choice(list(ExemptionReason)), until=now + place.between(70, 200),
        )  # fmt: skip
    if state == "resigned":
        _entry(place, who, EntryKind.RESIGNATION, now - place.between(5, 90), by=who)
    if state == "assignable" and place.likely(0.15):
        wrong = _entry(place, who, EntryKind.SUPERVISION, now - place.between(20, 40))
        _entry(place, who, EntryKind.STRUCK, now - place.between(10, 15), corrects=wrong["id"])


def _entry(
    place: Place, who: Someone, kind: EntryKind, at: datetime, by: Someone | None = None, **said: Any
) -> Row:
    told: dict[str, Any] = {
        "module": None, "outcome": None, "criteria_version": None, "qualities": [], "requirement": None, "reason": None,
        "until": None, "corrects": None, **said,
    }  # fmt: skip
    recorded = min(at + place.between(0, 3), place.now)
    return place.add(
        "training_entry", id=place.id(recorded), person_id=who.id, kind=kind, happened_at=at, recorded_at=recorded,
        recorded_by=(by or place.coordinators[0]).id, **told,
    )  # fmt: skip
