"""The use cases of intake."""

from dataclasses import dataclass

from app.services.intake.declare_readiness import DeclareReadiness
from app.services.intake.record_outcome import RecordOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What comes before a group."""

    record_outcome: RecordOutcome
    declare_readiness: DeclareReadiness
