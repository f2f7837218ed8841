"""The use cases of intake."""

from dataclasses import dataclass

from app.services.intake.activate_recommendation import ActivateRecommendation
from app.services.intake.declare_readiness import DeclareReadiness
from app.services.intake.give_recommendation import GiveRecommendation
from app.services.intake.keep_private_wish import KeepPrivateWish
from app.services.intake.list_interests import ListInterests
from app.services.intake.list_recommendations import ListRecommendations
from app.services.intake.read_my_interest import ReadMyInterest
from app.services.intake.read_private_wish import ReadPrivateWish
from app.services.intake.record_outcome import RecordOutcome
from app.services.intake.register_interest import RegisterInterest
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
