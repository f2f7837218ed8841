"""The use cases of intake, wired."""

from app.bootstrap.kit import Kit
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
    )
