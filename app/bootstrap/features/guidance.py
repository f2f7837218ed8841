"""The use cases of guidance, wired."""

from app.bootstrap.kit import Kit
from app.services.guidance.list_cards import ListCards
from app.services.guidance.list_other_help import ListOtherHelp
from app.services.guidance.list_rules import ListRules
from app.services.guidance.read_declaration import ReadDeclaration
from app.services.guidance.read_rule import ReadRule
from app.services.registry import Guidance


def guidance(kit: Kit) -> Guidance:
    """Each use case with the ports that it names."""
    return Guidance(
        read_declaration=ReadDeclaration(kit.words),
        list_other_help=ListOtherHelp(kit.words),
        list_rules=ListRules(kit.words),
        read_rule=ReadRule(kit.words),
        list_cards=ListCards(kit.words),
    )
