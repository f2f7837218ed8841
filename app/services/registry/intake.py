"""The use cases of intake."""

from dataclasses import dataclass

from app.services.intake.activate_recommendation import ActivateRecommendation
from app.services.intake.adopt_criteria import AdoptCriteria
from app.services.intake.appoint_interviewer import AppointInterviewer
from app.services.intake.ask_for_another_time import AskForAnotherTime
from app.services.intake.ask_for_conversation import AskForConversation
from app.services.intake.complete_assessment import CompleteAssessment
from app.services.intake.declare_conflict import DeclareConflict
from app.services.intake.declare_readiness import DeclareReadiness
from app.services.intake.give_recommendation import GiveRecommendation
from app.services.intake.keep_private_wish import KeepPrivateWish
from app.services.intake.list_assessments import ListAssessments
from app.services.intake.list_interests import ListInterests
from app.services.intake.list_interviewers import ListInterviewers
from app.services.intake.list_my_assessments import ListMyAssessments
from app.services.intake.list_recommendations import ListRecommendations
from app.services.intake.name_known_interviewers import NameKnownInterviewers
from app.services.intake.read_assessment import ReadAssessment
from app.services.intake.read_contact import ReadContact
from app.services.intake.read_intake_guide import ReadIntakeGuide
from app.services.intake.read_my_interest import ReadMyInterest
from app.services.intake.read_private_wish import ReadPrivateWish
from app.services.intake.record_outcome import RecordOutcome
from app.services.intake.register_interest import RegisterInterest
from app.services.intake.remark_on_assessment import RemarkOnAssessment
from app.services.intake.take_back_remark import TakeBackRemark
from app.services.intake.withdraw_assessment import WithdrawAssessment
from app.services.intake.withdraw_interest import WithdrawInterest


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What comes before a group."""

    register_interest: RegisterInterest
    read_my_interest: ReadMyInterest
    withdraw_interest: WithdrawInterest
    keep_private_wish: KeepPrivateWish
    read_private_wish: ReadPrivateWish
    list_interests: ListInterests
    give_recommendation: GiveRecommendation
    list_recommendations: ListRecommendations
    activate_recommendation: ActivateRecommendation
    record_outcome: RecordOutcome
    declare_readiness: DeclareReadiness
    read_intake_guide: ReadIntakeGuide
    adopt_criteria: AdoptCriteria
    list_interviewers: ListInterviewers
    ask_for_conversation: AskForConversation
    list_my_assessments: ListMyAssessments
    list_assessments: ListAssessments
    read_assessment: ReadAssessment
    appoint_interviewer: AppointInterviewer
    ask_for_another_time: AskForAnotherTime
    name_known_interviewers: NameKnownInterviewers
    declare_conflict: DeclareConflict
    complete_assessment: CompleteAssessment
    withdraw_assessment: WithdrawAssessment
    remark_on_assessment: RemarkOnAssessment
    take_back_remark: TakeBackRemark
    read_contact: ReadContact
