"""For how long what is kept, at most: by class, counted in days from an event.

The days here are shipped maxima. An organisation may shorten, where its policy has a field for it, and never lengthen.
Each number is cautious, and a lawyer has to confirm it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kept(StrEnum):
    """The classes of retention. What has none isn't kept."""

    WHILE_HERE = "while_here"
    ACCOUNT = "account"
    INTEREST = "interest"
    CONFIDED_TEXT = "confided_text"
    CONVERSATION = "conversation"
    INTAKE_OUTCOME = "intake_outcome"
    READING = "reading"
    RECOMMENDATION = "recommendation"
    WAITING = "waiting"
    SIGN_UP = "sign_up"
    APPLICATION = "application"
    MEMBERSHIP = "membership"
    DECLARATION = "declaration"
    PRESENCE = "presence"
    SEALED_VOTE = "sealed_vote"
    ROLL = "roll"
    RELAY = "relay"
    TRAINING = "training"
    DUTY = "duty"
    KEPT_ANSWER = "kept_answer"
    OUTBOX = "outbox"
    SHOWN_PROOF = "shown_proof"
    ATTEMPT = "attempt"
    ERASURE = "erasure"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long a class is kept."""

    after: str
    """The event from which the days count."""
    days: int | None = None
    """At most so many days after it; None: as long as `after` says."""
    policy: str | None = None
    """The setting of the policy by which an organisation shortens it."""


TERMS: dict[Kept, Term] = {
    Kept.WHILE_HERE: Term(after="as long as the organisation is here: it is about no person"),
    Kept.ACCOUNT: Term(after="until the person has it erased"),
    Kept.INTEREST: Term(after="the person's last word on it", days=730, policy="interest_days"),
    Kept.CONFIDED_TEXT: Term(
        after="it was written; at once with a place in a group", days=183, policy="assessment_text_days"
    ),
    Kept.CONVERSATION: Term(
        after="the appointment, or the asking; a held one: the end of its outcome",
        days=365,
        policy="appointment_no_show_days",
    ),
    Kept.INTAKE_OUTCOME: Term(after="the end of its validity", days=365),
    Kept.READING: Term(after="the reading", days=366),
    Kept.RECOMMENDATION: Term(after="its end (a used code goes at once)", days=366),
    Kept.WAITING: Term(after="the group's first meeting, or the answer", days=0),
    Kept.SIGN_UP: Term(after="the last day of the course", days=30),
    Kept.APPLICATION: Term(after="its end; what was written in it", days=90),
    Kept.MEMBERSHIP: Term(after="the leaving; then it stands for nobody any more", days=1095),
    Kept.DECLARATION: Term(after="the leaving", days=1095),
    Kept.PRESENCE: Term(after="the meeting", days=30),
    Kept.SEALED_VOTE: Term(after="the count, which removes it", days=0),
    Kept.ROLL: Term(after="with the membership, which then stands for nobody"),
    Kept.RELAY: Term(after="the writing", days=183),
    Kept.TRAINING: Term(after="until its person has it erased, which nobody else can"),
    Kept.DUTY: Term(after="until the registration is erased"),
    Kept.KEPT_ANSWER: Term(after="the request", days=7),
    Kept.ATTEMPT: Term(after="the last attempt; it is a keyed hash", days=1),
    Kept.ERASURE: Term(after="the key is destroyed and the ledger written: the same moment", days=0),
    Kept.OUTBOX: Term(after="it happened, or was told", days=30),
    Kept.MESSAGE: Term(after="it was too late to send it", days=90),
    Kept.SHOWN_PROOF: Term(after="it was shown: five minutes, then the next uses take it away", days=0),
}
