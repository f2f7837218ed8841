"""The use cases of intake, wired."""

from app.bootstrap.kit import Kit
from app.services.intake.declare_readiness import DeclareReadiness
from app.services.intake.record_outcome import RecordOutcome
from app.services.registry import Intake


def intake(kit: Kit) -> Intake:
    """Each use case with the ports that it names."""
    return Intake(
        record_outcome=RecordOutcome(kit.transact, kit.words),
        declare_readiness=DeclareReadiness(kit.transact),
    )
