"""One entry of the log: who, as what, did what to which class of data about whom, and what for.

No member of this is free text, and none can hold one: closed lists, ids and times. What happens inside a closed group is
never in it (no vote, no ballot, no attendance): a log of those would be the register that nobody may keep (P-h15).
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.domain.shared.ids import PersonId

KEPT_DAYS = 366
"""How long entries are kept: the log must not become a register of its own (P-h15)."""


class Deed(StrEnum):
    """What was done."""

    READ = "read"
    LISTED = "listed"
    """Seen as a line of a list."""
    RECORDED = "recorded"
    CHANGED = "changed"
    REMOVED = "removed"
    GRANTED = "granted"
    REVOKED = "revoked"
    ASSIGNED = "assigned"
    ADOPTED = "adopted"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    EXPORTED = "exported"
    ERASED = "erased"


class AccessedData(StrEnum):
    """The class of data that it was done to. The list is closed, here and in the database."""

    ASSESSMENT = "assessment"
    """An intake conversation, with what was confided as far as the reader may see it."""
    ASSESSMENT_SUMMARY = "assessment_summary"
    """That somebody has asked for a conversation, and where it stands."""
    PRIVATE_WISH = "private_wish"
    INTEREST = "interest"
    INTAKE_OUTCOME = "intake_outcome"
    CONTACT_CHANNEL = "contact_channel"
    PROTECTION = "protection"
    """That somebody's identity is protected."""
    CONSENT = "consent"
    PERSONAL_COPY = "personal_copy"
    """All that is held about somebody."""
    ROLE = "role"
    POLICY = "policy"
    INTAKE_CRITERIA = "intake_criteria"
    RETENTION_POLICY = "retention_policy"
    SERVICE_ACCOUNT = "service_account"
    ISSUER = "issuer"
    TRAINING_RECORD = "training_record"
    STARTER_ASSIGNMENT = "starter_assignment"


class ActingAs(StrEnum):
    """As what somebody did it."""

    ONESELF = "oneself"
    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    INTERVIEWER = "interviewer"
    STARTER = "starter"
    SYSTEM = "system"
    """A municipality's or a supplier's system, by its own token."""
    OPERATOR = "operator"
    """Whoever runs the service, by its command line, or the service by itself."""


class AccessPurpose(StrEnum):
    """What for."""

    OWN_AFFAIRS = "own_affairs"
    INTAKE = "intake"
    COMPOSING_A_GROUP = "composing_a_group"
    HELPING_A_GROUP_TO_START = "helping_a_group_to_start"
    STAFFING = "staffing"
    ADMINISTRATION = "administration"
    SAFETY = "safety"
    LEGAL_DUTY = "legal_duty"
    RETENTION = "retention"


class HowItEnded(StrEnum):
    """Whether it came to its end. What is done in one transaction is done; longer work begins first."""

    DONE = "done"
    BEGUN = "begun"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Something that is to be noted: all that the use case knows. Who asks, where, when is added as it is written."""

    deed: Deed
    data: AccessedData
    acting_as: ActingAs
    purpose: AccessPurpose
    about: PersonId | None = None
    """Whom the data are about; that person alone sees the entry."""
    row: UUID | None = None
    """Id of what was touched."""
    ended: HowItEnded = HowItEnded.DONE
