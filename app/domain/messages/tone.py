"""How a message says it: as much as one has to know to decide whether to look now, and no more.

There are fewer tones than kinds, so that a reader over the shoulder can't tell a ballot from a declaration (M-h7).
"""

from enum import StrEnum

from app.domain.messages.kind import MessageKind


class Tone(StrEnum):
    """What is said."""

    COMING = "coming"
    """Something that you have planned is near."""
    CHANGED = "changed"
    """Something that you have planned has changed."""
    NEW = "new"
    """There is something new."""
    ANSWER = "answer"
    """Something waits for an answer."""


TONES: dict[MessageKind, Tone] = {
    MessageKind.MEETING_REMINDER: Tone.COMING,
    MessageKind.INTAKE_APPOINTMENT: Tone.COMING,
    MessageKind.STARTER_EXIT: Tone.COMING,
    MessageKind.MEETING_CHANGED: Tone.CHANGED,
    MessageKind.OUTCOME: Tone.NEW,
    MessageKind.BALLOT_OPEN: Tone.ANSWER,
    MessageKind.OFFER: Tone.ANSWER,
    MessageKind.DECLARATION_DUE: Tone.ANSWER,
    MessageKind.TRAINING_DUE: Tone.ANSWER,
    MessageKind.WEBHOOK_FAILING: Tone.ANSWER,
}
