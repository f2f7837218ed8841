"""Ids as types, and the organisation that each id carries.

Every id that is shown to the world is a UUID of version 8 (RFC 9562) which carries, in 30 of its bits, the
number of the organisation that the row belongs to. So a request by id can open its transaction in the right
organisation before it has read anything (docs/adr/0003). An id is never a secret and never a permission.

Layout, from the left: 48 bits milliseconds since 1970 · 4 bits version (8) · 12 bits chance ·
2 bits variant · 30 bits organisation number · 32 bits chance.
"""

from typing import NewType
from uuid import UUID

PersonId = NewType("PersonId", UUID)
OrganisationId = NewType("OrganisationId", UUID)
GroupId = NewType("GroupId", UUID)
PlacementId = NewType("PlacementId", UUID)
MembershipId = NewType("MembershipId", UUID)
DeclarationId = NewType("DeclarationId", UUID)
MeetingId = NewType("MeetingId", UUID)
ApplicationId = NewType("ApplicationId", UUID)
BallotId = NewType("BallotId", UUID)
GroundRulesId = NewType("GroundRulesId", UUID)
IntakeOutcomeId = NewType("IntakeOutcomeId", UUID)
AssessmentId = NewType("AssessmentId", UUID)
RecommendationId = NewType("RecommendationId", UUID)
TrainingEntryId = NewType("TrainingEntryId", UUID)
CourseId = NewType("CourseId", UUID)
SignUpId = NewType("SignUpId", UUID)
AssignmentId = NewType("AssignmentId", UUID)
VisitId = NewType("VisitId", UUID)
StarterMessageId = NewType("StarterMessageId", UUID)
SystemId = NewType("SystemId", UUID)
WebhookId = NewType("WebhookId", UUID)
ConsentId = NewType("ConsentId", UUID)
ContactId = NewType("ContactId", UUID)
MessageId = NewType("MessageId", UUID)

_VERSION = 8 << 76
_VARIANT = 2 << 62
_TENANT_SHIFT = 32
_TENANT_MASK = (1 << 30) - 1

NOBODY = UUID(int=0)
"""The nil UUID: the organisation and the person of whoever has none. No row ever belongs to it."""


def organisation_id(number: int) -> OrganisationId:
    """The id of the organisation with this number (1 to 2³⁰−1)."""
    if not 0 < number <= _TENANT_MASK:
        raise ValueError("an organisation's number has 30 bits and is not zero")
    return OrganisationId(UUID(int=_VERSION | _VARIANT | number << _TENANT_SHIFT))


def organisation_of(any_id: UUID) -> OrganisationId:
    """The organisation that this id says it belongs to; the nil UUID for an id that we never made."""
    if any_id.version != 8:
        return OrganisationId(NOBODY)
    number = any_id.int >> _TENANT_SHIFT & _TENANT_MASK
    return organisation_id(number) if number else OrganisationId(NOBODY)


def compose_id(organisation: OrganisationId, milliseconds: int, chance: int) -> UUID:
    """A new id in an organisation, from a time (milliseconds since 1970) and 44 bits of chance."""
    number = organisation.int >> _TENANT_SHIFT & _TENANT_MASK
    high, low = chance >> 32 & 0xFFF, chance & 0xFFFFFFFF
    return UUID(
        int=(milliseconds & (1 << 48) - 1) << 80
        | _VERSION
        | high << 64
        | _VARIANT
        | number << _TENANT_SHIFT
        | low
    )
