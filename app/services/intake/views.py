"""What is shown of an intake outcome."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.intake.outcome import IntakeOutcome, Method, Outcome
from app.domain.shared.ids import IntakeOutcomeId, OrganisationId, PersonId
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeOutcomeView:
    """What an intake has ended in. How heavy a burden is stands nowhere (I-09)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: IntakeOutcomeId
    """Id of the outcome."""
    organisation_id: OrganisationId
    """The organisation that it holds in."""
    person_id: PersonId
    """Whom it is about."""
    outcome: Outcome
    """`group` opens the way into a group (I-02)."""
    method: Method
    """How it came about."""
    signposted_to: list[str]
    """Other help that the person was shown."""
    recorded_at: datetime
    """When, UTC."""
    valid_until: datetime
    """Until when it holds, UTC."""

    @staticmethod
    def of(outcome: IntakeOutcome) -> "IntakeOutcomeView":
        """The outcome, for the person and for those who hold intake conversations."""
        return IntakeOutcomeView(
            id=outcome.id,
            organisation_id=outcome.organisation_id,
            person_id=outcome.person_id,
            outcome=outcome.outcome,
            method=outcome.method,
            signposted_to=list(outcome.signposted_to),
            recorded_at=outcome.recorded_at,
            valid_until=outcome.valid_until,
        )
