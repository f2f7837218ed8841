"""The catalogue: every type of event that any use case emits. `docs/events.md` is made from it."""

import re
from collections.abc import Collection

from app.domain.events.errors import EventTypeNotTold, EventTypeUnknown
from app.domain.events.event_type import EventType, EventUnclear, Known, told_to
from app.domain.shared.events import Event

_LIKE_A_TYPE = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
_LONGEST_SHOWN = 80
_MOST_SHOWN = 5
_TYPES: dict[Known, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    Known.EVERYBODY: (
        ("group.offer.published", "A forming group was put among the offers.", ("group",)),
        ("group.offer.taken_down", "A forming group was taken down from the offers.", ("group",)),
        ("organisation.mergers.noted", "It was noted which municipalities merge, and when.", ("organisation",)),
        ("organisation.policy.adopted", "A policy was adopted, for now or for later.", ("organisation",)),
    ),
    Known.COURSE_READERS: (
        ("course.created", "A course was planned.", ("course",)),
        ("course.changed", "A course was changed.", ("course",)),
        ("course.sign_up_opened", "The way into a course's group was opened.", ("course",)),
        ("course.milestone_noted", "A milestone of a course was noted, or taken back.", ("course",)),
        ("course.cancelled", "A course was cancelled.", ("course",)),
    ),
    Known.COORDINATORS: (
        ("group.formed", "A coordinator has begun a group, or formed one from a course.", ("group", "course")),
        ("group.starter.assigned", "A starter was assigned.", ("group", "assignment")),
        ("group.starter.replaced", "A starter was replaced by another.", ("group", "assignment", "replaces")),
        ("group.starter.left", "A starter has stepped out, or was taken out.", ("group", "assignment")),
        ("group.starter.exit_confirmed", "A starter's exit was confirmed.", ("group", "assignment")),
        ("group.starter.exit_shortened", "A starter leaves earlier.", ("group", "assignment")),
        ("group.starter.exit_extended", "A starter stays longer.", ("group", "assignment")),
    ),
    Known.ADMINISTRATORS: (
        ("system.registered", "A system was given an account.", ("system",)),
        ("system.changed", "A system's account was changed or renewed.", ("system",)),
        ("system.revoked", "A system's account was revoked.", ("system",)),
        ("webhook.failing", "Nothing has arrived at a webhook for half a day.", ("webhook", "system")),
        ("webhook.disabled", "A webhook was disabled: nothing is sent to it any more.", ("webhook", "system")),
    ),
    Known.COMPOSER: (
        ("group.place.asked_for", "Somebody has asked for a place in a forming group.", ("group",)),
        ("group.place.accepted", "Somebody has accepted a place in a forming group.", ("group",)),
    ),
    Known.GROUP: (
        ("group.begun", "People have begun a group that stands alone.", ("group",)),
        ("group.starter.wrote", "The starter has written to the participants.", ("group", "message")),
        ("group.starter.invited_back", "A starter who has left is invited back.", ("group", "visit")),
        ("group.meeting.planned", "A meeting was planned.", ("group", "meeting")),
        ("group.meeting.moved", "A meeting was moved.", ("group", "meeting")),
        ("group.meeting.cancelled", "A meeting was cancelled.", ("group", "meeting")),
        ("group.series.planned", "Meetings were planned in a rhythm.", ("group",)),
        ("group.series.changed", "The rhythm of the meetings was changed.", ("group",)),
        ("group.series.ended", "The rhythm of the meetings was ended.", ("group",)),
        ("group.absence.noted", "Somebody can't come to a meeting.", ("group", "meeting")),
        ("group.absence.taken_back", "Somebody can come to a meeting after all.", ("group", "meeting")),
        ("group.application.received", "Somebody has applied.", ("group", "application")),
        ("group.ballot.opened", "A ballot was opened.", ("group", "ballot")),
        ("group.application.ended", "Somebody has taken back an application or declined.", ("group", "application")),
        ("group.ballot.closed", "A ballot was counted.", ("group", "ballot")),
        ("group.ballot.ended", "A ballot has ended without a count.", ("group", "ballot")),
        ("group.closed_for_new", "The group is closed for new people.", ("group",)),
        ("group.member.admitted", "A new member has entered: a new generation.", ("group", "membership")),
        ("group.member.left", "A member has left.", ("group",)),
        ("group.member.excluded", "A member was excluded.", ("group", "membership")),
    ),
    Known.CONCERNED: (
        ("group.place.offered", "Somebody is invited to a place in a forming group.", ("group", "placement")),
        ("group.place.withdrawn", "An invitation to a place was taken back.", ("group", "placement")),
        ("intake.assessment.asked", "Somebody has asked for an intake conversation.", ("assessment",)),
        ("intake.assessment.appointed", "An intake conversation has an interviewer.", ("assessment",)),
        ("intake.assessment.released", "An interviewer has given a conversation back.", ("assessment",)),
        ("intake.assessment.completed", "An intake conversation has an outcome.", ("assessment",)),
        ("volunteer.offered", "Somebody offers to help.", ("organisation",)),
        ("volunteer.entry.recorded", "A training record has a new entry.", ("organisation", "entry")),
        ("volunteer.partner.accepted", "Two volunteers are discussion partners.", ("organisation",)),
        ("volunteer.partner.ended", "Two volunteers are discussion partners no more.", ("organisation",)),
        ("volunteer.erased", "Somebody has had their training record erased.", ("organisation",)),
    ),
}  # fmt: skip
CATALOGUE: dict[str, EventType] = {
    name: EventType(name=name, says=says, known=known, carries=carries)
    for known, types in _TYPES.items()
    for name, says, carries in types
}


def type_of(event: Event) -> EventType:
    """The type of an event; `EventUnclear` where the catalogue has none, or the event carries too much."""
    found = CATALOGUE.get(event.type)
    if found is None:
        raise EventUnclear(event.type)
    found.admit(event)
    return found


def require_told(types: Collection[str], knowing: Collection[Known]) -> None:
    """Refuse a type that there isn't, or that whoever asks may not know of: nothing would ever come of it."""
    unknown = sorted(set(types) - CATALOGUE.keys())
    if unknown:
        raise EventTypeUnknown("/types", types=_named(unknown))
    never = sorted(set(types) - set(told_to(CATALOGUE.values(), knowing)))
    if never:
        raise EventTypeNotTold("/types", types=", ".join(never))


def _named(unknown: Collection[str]) -> str:
    """Those that can be repeated to whoever wrote them, as they are written like types: a few, and not at length."""
    shown = [each[:_LONGEST_SHOWN] for each in unknown if _LIKE_A_TYPE.fullmatch(each)]
    return ", ".join(shown[:_MOST_SHOWN]) or "…"
