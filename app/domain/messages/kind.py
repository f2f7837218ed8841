"""The kinds of messages. A kind is chosen by the person, each for itself, and none is on by itself.

What a message says tells how urgent it is and whether an answer is wanted, and never what it is about (M-h7): so kinds
are for choosing and for the app behind the link, and a reader over the shoulder learns none of them.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.people.consent import Purpose
from app.domain.shared.errors import DomainError, Kind


class MessageKind(StrEnum):
    """What can be told by a message. A closed list."""

    MEETING_REMINDER = "meeting_reminder"
    MEETING_CHANGED = "meeting_changed"
    BALLOT_OPEN = "ballot_open"
    OUTCOME = "outcome"
    OFFER = "offer"
    DECLARATION_DUE = "declaration_due"
    STARTER_EXIT = "starter_exit"
    TRAINING_DUE = "training_due"
    INTAKE_APPOINTMENT = "intake_appointment"
    WEBHOOK_FAILING = "webhook_failing"


@dataclass(frozen=True, slots=True)
class KindRules:
    """What a kind rests on, and which rules and hazards it answers."""

    purposes: frozenset[Purpose]
    """What somebody has to have consented to; one of them is enough to choose the kind."""
    answers: tuple[str, ...]
    """Ids of rules and hazards."""


_GROUP, _HELPING = Purpose.CONTACT_ABOUT_GROUP, Purpose.MESSAGES_ABOUT_HELPING
KINDS: dict[MessageKind, KindRules] = {
    # Meetings are fixed and regular; and nobody has to look into the app for when the next one is.
    MessageKind.MEETING_REMINDER: KindRules(frozenset({_GROUP, _HELPING}), ("M-01", "M-h6", "M-h7")),
    # Only the members change a meeting, so those who weren't there when it was agreed on have to hear of it.
    MessageKind.MEETING_CHANGED: KindRules(frozenset({_GROUP, _HELPING}), ("M-06", "M-h7")),
    # A missed quorum is no decision. To all of the roll alike: a message to those who haven't voted would tell who has.
    MessageKind.BALLOT_OPEN: KindRules(frozenset({_GROUP}), ("A-01", "B-06", "B-07", "B-09")),
    # That there is an outcome, never which (B-29).
    MessageKind.OUTCOME: KindRules(frozenset({_GROUP}), ("B-13", "B-26", "B-29")),
    # An offer that nobody knows of expires by itself.
    MessageKind.OFFER: KindRules(frozenset({_GROUP}), ("A-07", "B-02", "G-24")),
    # Each generation signs anew; whoever hasn't in time is left outside.
    MessageKind.DECLARATION_DUE: KindRules(frozenset({_GROUP}), ("A-05", "C-08", "D-h1", "G-h5")),
    # Everyone is prepared for the starter leaving: the starter, and signed members from the first meeting on.
    MessageKind.STARTER_EXIT: KindRules(frozenset({_GROUP, _HELPING}), ("X-04", "X-11", "S-h9")),
    # Courses, network meetings and supervision run out; a volunteer is warned ahead.
    MessageKind.TRAINING_DUE: KindRules(frozenset({_HELPING}), ("V-06", "V-07", "S-h5")),
    # A conversation that was forgotten costs the person their way in.
    MessageKind.INTAKE_APPOINTMENT: KindRules(frozenset({Purpose.MESSAGES_ABOUT_INTAKE}), ("I-01", "I-h10")),
    # Nobody looks at a webhook that works, so nobody sees that it doesn't any more.
    MessageKind.WEBHOOK_FAILING: KindRules(frozenset({Purpose.MESSAGES_ABOUT_DUTIES}), ("P-h6",)),
}


class MessageNotFound(DomainError):
    """There is no such message of yours."""

    kind, code = Kind.NOT_FOUND, "messages.not_found"
