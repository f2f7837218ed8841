"""Intake conversations."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.intake import Signpost
from app.api.shared.operations.operation import Operation, Part, Shape
from app.api.shared.strict_model import Instant, Line, OneOf, StrictModel, Text, Uuid
from app.domain.intake.criteria import Answer, Criterion
from app.domain.intake.errors import (
    AppointmentInThePast,
    AssessmentCompleted,
    AssessmentNotFound,
    AssessmentUnderWay,
    ConflictOfInterest,
    ConversationNotOffered,
    CriteriaMissing,
    NotAnInterviewer,
    OnlyTheInterviewer,
)
from app.domain.intake.outcome import Outcome, OwnIntake, SignpostingNeeded, UnknownSignpost
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotRegistered, NotStaff, OrganisationNotFound
from app.domain.shared.errors import StepUpNeeded
from app.domain.shared.frames import Form
from app.services.intake import assessment_views as views
from app.services.intake.adopt_criteria import AdoptCriteria
from app.services.intake.appoint_interviewer import AppointInterviewer
from app.services.intake.ask_for_another_time import AskForAnotherTime
from app.services.intake.ask_for_conversation import AskForConversation
from app.services.intake.complete_assessment import CompleteAssessment
from app.services.intake.confiding import Point
from app.services.intake.declare_conflict import DeclareConflict
from app.services.intake.list_assessments import ListAssessments
from app.services.intake.list_interviewers import ListInterviewers
from app.services.intake.list_my_assessments import ListMyAssessments
from app.services.intake.name_known_interviewers import NameKnownInterviewers
from app.services.intake.read_assessment import ReadAssessment
from app.services.intake.read_intake_guide import ReadIntakeGuide
from app.services.intake.withdraw_assessment import WithdrawAssessment

_ALL = "/v1/organisations/{organisation_id}/assessments"
_ONE = "/v1/assessments/{assessment_id}"
Known = Annotated[list[Uuid], Field(max_length=20, description="Interviewers whom you know, by their ids.")]
Words = Annotated[
    Text | None,
    Field(
        min_length=1,
        max_length=1000,
        description="Short, and no more than you want to say (C-10). It is sealed, and goes in time.",
    ),
]


class AdoptCriteriaIn(StrictModel):
    """Which criteria are talked about."""

    criteria: Annotated[
        list[OneOf[Criterion]], Field(min_length=3, max_length=6, description="Each once, in their order.")
    ]


class AskForConversationIn(StrictModel):
    """Whatever you want to say when you ask; nothing has to be said."""

    own_words: Words = None
    interviewers_i_know: Known = Field(default_factory=list)


class NameKnownInterviewersIn(StrictModel):
    """Whom you know."""

    interviewers_i_know: Known


class AppointInterviewerIn(StrictModel):
    """Who holds it, when and how."""

    interviewer_id: Annotated[Uuid, Field(description="Who holds the conversation.")]
    starts_at: Annotated[Instant, Field(description="When the two meet.")]
    form: Annotated[OneOf[Form], Field(description="How they meet.")]
    place: Annotated[Line, Field(max_length=200, description="Where, or the number to call.")]


class PointIn(Part):
    """How one point stood. There is no score."""

    DOMAIN = Point

    key: Annotated[OneOf[Criterion], Field(description="What was talked about.")]
    answer: Annotated[OneOf[Answer], Field(description="How it stood.")]


class CompleteAssessmentIn(StrictModel):
    """What the conversation has ended in. There is no field for how heavy a burden is (I-09)."""

    outcome: Annotated[OneOf[Outcome], Field(description="A closed list (I-02).")]
    signposted_to: Annotated[
        list[Signpost],
        Field(max_length=10, description="Keys of other help that was shown; needed for `other_help`."),
    ] = Field(default_factory=list)
    points: Annotated[
        list[PointIn], Field(max_length=6, description="How the points stood; they decide nothing.")
    ] = Field(default_factory=list)
    note: Words = None


OPERATIONS = (
    Operation(
        name="read_intake_guide",
        feature="intake",
        use=lambda services: services.intake.read_intake_guide,
        use_case=ReadIntakeGuide,
        method="GET",
        path="/v1/organisations/{organisation_id}/intake-guide",
        gives=views.IntakeGuideView,
        refuses=(OrganisationNotFound,),
        is_public=True,
    ),
    Operation(
        name="adopt_criteria",
        feature="intake",
        use=lambda services: services.intake.adopt_criteria,
        use_case=AdoptCriteria,
        method="PUT",
        path="/v1/organisations/{organisation_id}/intake-criteria",
        gives=views.CriteriaVersionView,
        takes=AdoptCriteriaIn,
        refuses=(NotStaff, CriteriaMissing),
        read_before="read_intake_guide",
    ),
    Operation(
        name="list_interviewers",
        feature="intake",
        use=lambda services: services.intake.list_interviewers,
        use_case=ListInterviewers,
        method="GET",
        path="/v1/organisations/{organisation_id}/interviewers",
        gives=views.InterviewerView,
        shape=Shape.LIST,
        refuses=(NotRegistered,),
    ),
    Operation(
        name="ask_for_conversation",
        feature="intake",
        use=lambda services: services.intake.ask_for_conversation,
        use_case=AskForConversation,
        method="POST",
        path=_ALL,
        gives=views.AssessmentStepView,
        takes=AskForConversationIn,
        status=201,
        refuses=(NotRegistered, ConversationNotOffered, AssessmentUnderWay),
        idempotent_by_key=True,
        location="/v1/assessments/{id}",
    ),
    Operation(
        name="list_my_assessments",
        feature="intake",
        use=lambda services: services.intake.list_my_assessments,
        use_case=ListMyAssessments,
        method="GET",
        path="/v1/me/assessments",
        gives=views.AssessmentSummaryView,
        shape=Shape.LIST,
    ),
    Operation(
        name="list_assessments",
        feature="intake",
        use=lambda services: services.intake.list_assessments,
        use_case=ListAssessments,
        method="GET",
        path=_ALL,
        gives=views.AssessmentSummaryView,
        shape=Shape.PAGE,
        refuses=(NotStaff, StaffDeclarationNeeded),
    ),
    Operation(
        name="read_assessment",
        feature="intake",
        use=lambda services: services.intake.read_assessment,
        use_case=ReadAssessment,
        method="GET",
        path=_ONE,
        gives=views.AssessmentView,
        refuses=(AssessmentNotFound, StaffDeclarationNeeded, StepUpNeeded),
    ),
    Operation(
        name="appoint_interviewer",
        feature="intake",
        use=lambda services: services.intake.appoint_interviewer,
        use_case=AppointInterviewer,
        method="PUT",
        path=f"{_ONE}/appointment",
        gives=views.AssessmentStepView,
        takes=AppointInterviewerIn,
        refuses=(
            AssessmentNotFound,
            StaffDeclarationNeeded,
            AssessmentCompleted,
            NotAnInterviewer,
            OwnIntake,
            ConflictOfInterest,
            AppointmentInThePast,
        ),
        read_before="read_assessment",
    ),
    Operation(
        name="ask_for_another_time",
        feature="intake",
        use=lambda services: services.intake.ask_for_another_time,
        use_case=AskForAnotherTime,
        method="DELETE",
        path=f"{_ONE}/appointment",
        gives=views.AssessmentStepView,
        refuses=(AssessmentNotFound, AssessmentCompleted),
    ),
    Operation(
        name="name_known_interviewers",
        feature="intake",
        use=lambda services: services.intake.name_known_interviewers,
        use_case=NameKnownInterviewers,
        method="PUT",
        path=f"{_ONE}/interviewers-i-know",
        gives=views.AssessmentStepView,
        takes=NameKnownInterviewersIn,
        refuses=(AssessmentNotFound, AssessmentCompleted),
    ),
    Operation(
        name="declare_conflict",
        feature="intake",
        use=lambda services: services.intake.declare_conflict,
        use_case=DeclareConflict,
        method="POST",
        path=f"{_ONE}/conflict",
        gives=views.AssessmentStepView,
        refuses=(AssessmentNotFound, StaffDeclarationNeeded, AssessmentCompleted),
    ),
    Operation(
        name="complete_assessment",
        feature="intake",
        use=lambda services: services.intake.complete_assessment,
        use_case=CompleteAssessment,
        method="POST",
        path=f"{_ONE}/outcome",
        gives=views.AssessmentStepView,
        takes=CompleteAssessmentIn,
        status=201,
        refuses=(
            AssessmentNotFound,
            StaffDeclarationNeeded,
            OnlyTheInterviewer,
            AssessmentCompleted,
            SignpostingNeeded,
            UnknownSignpost,
        ),
        idempotent_by_key=True,
    ),
    Operation(
        name="withdraw_assessment",
        feature="intake",
        use=lambda services: services.intake.withdraw_assessment,
        use_case=WithdrawAssessment,
        method="DELETE",
        path=_ONE,
        gives=views.AssessmentStepView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(AssessmentNotFound, AssessmentCompleted),
    ),
)
