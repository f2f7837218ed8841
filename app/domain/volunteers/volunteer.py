"""The volunteer: somebody who has offered, by themselves, to help groups to start (A-07, V-10).

No occupation is asked for and none is kept: there is no field for it (V-02).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from app.domain.shared.ids import OrganisationId, PersonId
from app.domain.volunteers.errors import HasPartner, NotProposed, OwnProposal

PROPOSAL_HOLDS = timedelta(days=14)
"""How long a proposal to reflect together can be accepted."""


def hash_of(code: str) -> str:
    """How a proposal's code is kept: whoever reads the table can't accept in anybody's place."""
    return sha256(code.encode()).hexdigest()


class RecruitmentSource(StrEnum):
    """From where somebody has come to volunteering (V-10). A closed list of four."""

    FORMER_PARTICIPANT = "former_participant"
    """Has taken part in a self-help group."""
    PUBLIC_SERVICE = "public_service"
    """Came by way of a public service, which keeps no say in it."""
    ASSOCIATION = "association"
    """Came by way of a voluntary organisation."""
    CENTRE = "centre"
    """Came by way of a volunteer centre or a healthy-life centre."""


@dataclass(slots=True, kw_only=True)
class Volunteer:
    """One person's offer to an organisation; what they have been trained in stands in their training record."""

    organisation_id: OrganisationId
    person_id: PersonId
    recruited_from: RecruitmentSource
    offered_at: datetime
    """UTC: their own contact, with which everything begins."""
    partner_id: PersonId | None = None
    """Whom they reflect with (V-11). Two volunteers who name each other; either can end it."""
    partner_code_sha256: str | None = None
    """Hash of the code that they hand to somebody with whom they would like to reflect."""
    partner_code_expires_at: datetime | None = None

    def propose_partner(self, code_sha256: str, now: datetime) -> datetime:
        """Make a proposal that one other volunteer can accept; an earlier one is replaced. Answers its end."""
        if self.partner_id is not None:
            raise HasPartner
        self.partner_code_sha256 = code_sha256
        self.partner_code_expires_at = now + PROPOSAL_HOLDS
        return self.partner_code_expires_at

    def accept_partner(self, proposer: "Volunteer", code_sha256: str, now: datetime) -> None:
        """Say yes to a proposal: from now on the two name each other (V-11)."""
        if proposer.person_id == self.person_id:
            raise OwnProposal
        expires_at = proposer.partner_code_expires_at
        if proposer.partner_code_sha256 != code_sha256 or expires_at is None or expires_at <= now:
            raise NotProposed
        if self.partner_id is not None or proposer.partner_id is not None:
            raise HasPartner
        for one, other in ((self, proposer), (proposer, self)):
            one.partner_id = other.person_id
            one.partner_code_sha256 = one.partner_code_expires_at = None

    def part(self, other: "Volunteer") -> None:
        """End it, for both."""
        self.partner_id = other.partner_id = None
