"""What comes before a group."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Operation
from app.api.shared.strict_model import OneOf, StrictModel, Uuid
from app.domain.intake.errors import ConflictOfInterest, OnlyTheInterviewer
from app.domain.intake.outcome import (
    ConversationRequired,
    Outcome,
    OwnIntake,
    SignpostingNeeded,
    UnknownSignpost,
)
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotRegistered, NotStaff
from app.services.intake.declare_readiness import DeclareReadiness
from app.services.intake.record_outcome import RecordOutcome
from app.services.intake.views import IntakeOutcomeView

Signpost = Annotated[str, Field(pattern=r"^[a-z0-9_]{2,40}$", max_length=40)]


class RecordOutcomeIn(StrictModel):
    """What the conversation has ended in."""

    person_id: Annotated[Uuid, Field(description="Whom it is about.")]
    outcome: Annotated[
        OneOf[Outcome], Field(description="A closed list; how heavy a burden is is no reason (I-09).")
    ]
    signposted_to: Annotated[
        list[Signpost],
        Field(
            max_length=10,
            description="Keys of other help that the person was shown; needed for `other_help`.",
        ),
    ] = Field(default_factory=list)


OPERATIONS = (
    Operation(
        name="record_intake_outcome",
        feature="intake",
        use=lambda services: services.intake.record_outcome,
        use_case=RecordOutcome,
        method="POST",
        path="/v1/organisations/{organisation_id}/intake-outcomes",
        gives=IntakeOutcomeView,
        takes=RecordOutcomeIn,
        status=201,
        refuses=(
            NotStaff,
            StaffDeclarationNeeded,
            NotRegistered,
            SignpostingNeeded,
            UnknownSignpost,
            OwnIntake,
            ConflictOfInterest,
            OnlyTheInterviewer,
        ),
        idempotent_by_key=True,
    ),
    Operation(
        name="declare_readiness",
        feature="intake",
        use=lambda services: services.intake.declare_readiness,
        use_case=DeclareReadiness,
        method="POST",
        path="/v1/organisations/{organisation_id}/my-readiness",
        gives=IntakeOutcomeView,
        status=201,
        refuses=(NotRegistered, ConversationRequired),
        idempotent_by_key=True,
    ),
)
