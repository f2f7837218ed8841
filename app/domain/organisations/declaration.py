"""The promise of confidentiality of those who work for an organisation: coordinators, interviewers (C-07, T10)."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.shared.errors import DomainError, Kind
from app.domain.shared.ids import OrganisationId, PersonId


class StaffDeclarationNeeded(DomainError):
    """Whoever works with people here has promised confidentiality first."""

    kind, code, rules = Kind.FORBIDDEN, "organisations.declaration_needed", ("C-07",)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDeclaration:
    """One person's signature for an organisation, under one version of the text."""

    organisation_id: OrganisationId
    person_id: PersonId
    text_version: str
    language: str
    text_sha256: str
    typed_name: str
    signed_at: datetime
