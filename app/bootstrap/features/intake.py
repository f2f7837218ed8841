"""The use cases of intake, wired."""

from app.bootstrap.kit import Kit
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
from app.services.registry import Intake


def intake(kit: Kit) -> Intake:
    """Each use case with the ports that it names."""
    return Intake(
        register_interest=RegisterInterest(kit.transact),
        read_my_interest=ReadMyInterest(kit.transact),
        withdraw_interest=WithdrawInterest(kit.transact),
        keep_private_wish=KeepPrivateWish(kit.transact, kit.vault, kit.words),
        read_private_wish=ReadPrivateWish(kit.transact, kit.vault, kit.words),
        list_interests=ListInterests(kit.transact),
        give_recommendation=GiveRecommendation(kit.transact),
        list_recommendations=ListRecommendations(kit.transact),
        activate_recommendation=ActivateRecommendation(kit.transact),
        record_outcome=RecordOutcome(kit.transact, kit.words),
        declare_readiness=DeclareReadiness(kit.transact),
        read_intake_guide=ReadIntakeGuide(kit.transact, kit.words),
        adopt_criteria=AdoptCriteria(kit.transact),
        list_interviewers=ListInterviewers(kit.transact),
        ask_for_conversation=AskForConversation(kit.transact, kit.vault, kit.words),
        list_my_assessments=ListMyAssessments(kit.transact, kit.personal.my_organisations),
        list_assessments=ListAssessments(kit.transact),
        read_assessment=ReadAssessment(kit.transact, kit.vault, kit.words),
        appoint_interviewer=AppointInterviewer(kit.transact, kit.words),
        ask_for_another_time=AskForAnotherTime(kit.transact, kit.words),
        name_known_interviewers=NameKnownInterviewers(kit.transact, kit.words),
        declare_conflict=DeclareConflict(kit.transact, kit.words),
        complete_assessment=CompleteAssessment(kit.transact, kit.vault, kit.words),
        withdraw_assessment=WithdrawAssessment(kit.transact),
        remark_on_assessment=RemarkOnAssessment(kit.transact, kit.vault, kit.words),
        take_back_remark=TakeBackRemark(kit.transact),
        read_contact=ReadContact(kit.transact, kit.vault),
    )
