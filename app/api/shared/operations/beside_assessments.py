"""What stands beside an intake conversation."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import StrictModel, Text
from app.domain.intake.errors import AssessmentCompleted, AssessmentNotFound, NothingToRemarkOn
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.shared.errors import StepUpNeeded
from app.services.intake.assessment_views import AssessmentStepView, WaysOfReachingView
from app.services.intake.read_contact import ReadContact
from app.services.intake.remark_on_assessment import RemarkOnAssessment
from app.services.intake.take_back_remark import TakeBackRemark

_ONE = "/v1/assessments/{assessment_id}"


class RemarkOnAssessmentIn(StrictModel):
    """How you see it."""

    words: Annotated[
        Text,
        Field(
            min_length=1,
            max_length=1000,
            description="Short, and no more than you want to say (C-10). It is sealed, and goes in time.",
        ),
    ]


OPERATIONS = (
    Operation(
        name="remark_on_assessment",
        feature="intake",
        use=lambda services: services.intake.remark_on_assessment,
        use_case=RemarkOnAssessment,
        method="PUT",
        path=f"{_ONE}/remark",
        gives=AssessmentStepView,
        takes=RemarkOnAssessmentIn,
        refuses=(AssessmentNotFound, NothingToRemarkOn),
    ),
    Operation(
        name="take_back_remark",
        feature="intake",
        use=lambda services: services.intake.take_back_remark,
        use_case=TakeBackRemark,
        method="DELETE",
        path=f"{_ONE}/remark",
        gives=AssessmentStepView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(AssessmentNotFound,),
    ),
    Operation(
        name="read_contact",
        feature="intake",
        use=lambda services: services.intake.read_contact,
        use_case=ReadContact,
        method="GET",
        path=f"{_ONE}/contact",
        gives=WaysOfReachingView,
        refuses=(AssessmentNotFound, AssessmentCompleted, StaffDeclarationNeeded, StepUpNeeded),
    ),
)
