"""What the use cases of intake need of a transaction.

The assessment itself (criteria, appointments, interviewers) will come in here; groups and admission only ever ask for
the latest outcome, through `services.ports.repositories.IntakeOutcomes`.
"""

from typing import Protocol

from app.services.ports.repositories import (
    IntakeOutcomes,
    Organisations,
    Policies,
    Registrations,
    Roles,
    StaffDeclarations,
)
from app.services.ports.transaction import UnitOfWork


class IntakeUnitOfWork(UnitOfWork, Protocol):
    """One transaction over intake."""

    @property
    def intake_outcomes(self) -> IntakeOutcomes: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def registrations(self) -> Registrations: ...
    @property
    def roles(self) -> Roles: ...
    @property
    def staff_declarations(self) -> StaffDeclarations: ...
