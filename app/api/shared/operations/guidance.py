"""Words that people need at the moment."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.inputs import TextLanguage
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import OneOf, StrictModel
from app.domain.guidance.card import CardKind, Moment
from app.domain.guidance.rule import Area, Binding, RuleNotFound
from app.domain.organisations.organisation import Country
from app.services.guidance.list_cards import ListCards
from app.services.guidance.list_other_help import ListOtherHelp
from app.services.guidance.list_rules import ListRules
from app.services.guidance.read_declaration import DeclarationTextView, ReadDeclaration
from app.services.guidance.read_rule import ReadRule
from app.services.guidance.views import CardView, RuleView
from app.services.ports.texts import HelpView


class DeclarationFilter(StrictModel):
    """Which text."""

    language: Annotated[TextLanguage | None, Field(description="Default: your own language.")] = None


RuleKey = Annotated[str, Field(max_length=64)]


class RuleFilter(StrictModel):
    """Which rules."""

    area: Annotated[OneOf[Area] | None, Field(description="What they are about: the id's letter.")] = None
    binding: Annotated[OneOf[Binding] | None, Field(description="How binding they are.")] = None


class CardFilter(StrictModel):
    """Which cards."""

    moment: Annotated[OneOf[Moment] | None, Field(description="When they help.")] = None
    kind: Annotated[OneOf[CardKind] | None, Field(description="Which sort.")] = None


OPERATIONS = (
    Operation(
        name="read_declaration",
        feature="guidance",
        use=lambda services: services.guidance.read_declaration,
        use_case=ReadDeclaration,
        method="GET",
        path="/v1/declaration",
        gives=DeclarationTextView,
        filters=DeclarationFilter,
        is_public=True,
    ),
    Operation(
        name="list_other_help",
        feature="guidance",
        use=lambda services: services.guidance.list_other_help,
        use_case=ListOtherHelp,
        method="GET",
        path="/v1/other-help/{country}",
        path_types={"country": Country},
        gives=HelpView,
        shape=Shape.LIST,
        is_public=True,
    ),
    Operation(
        name="list_rules",
        feature="guidance",
        use=lambda services: services.guidance.list_rules,
        use_case=ListRules,
        method="GET",
        path="/v1/rules",
        gives=RuleView,
        shape=Shape.LIST,
        filters=RuleFilter,
        is_public=True,
    ),
    Operation(
        name="read_rule",
        feature="guidance",
        use=lambda services: services.guidance.read_rule,
        use_case=ReadRule,
        method="GET",
        path="/v1/rules/{rule_id}",
        path_types={"rule_id": RuleKey},
        gives=RuleView,
        refuses=(RuleNotFound,),
        is_public=True,
    ),
    Operation(
        name="list_cards",
        feature="guidance",
        use=lambda services: services.guidance.list_cards,
        use_case=ListCards,
        method="GET",
        path="/v1/cards",
        gives=CardView,
        shape=Shape.LIST,
        filters=CardFilter,
        is_public=True,
    ),
)
