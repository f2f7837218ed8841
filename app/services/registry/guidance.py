"""The use cases of guidance."""

from dataclasses import dataclass

from app.services.guidance.list_cards import ListCards
from app.services.guidance.list_other_help import ListOtherHelp
from app.services.guidance.list_rules import ListRules
from app.services.guidance.read_declaration import ReadDeclaration
from app.services.guidance.read_rule import ReadRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """Words that people need at the moment."""

    read_declaration: ReadDeclaration
    list_other_help: ListOtherHelp
    list_rules: ListRules
    read_rule: ReadRule
    list_cards: ListCards
