"""Words that people need at the moment."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.inputs import TextLanguage
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import StrictModel
from app.domain.organisations.organisation import Country
from app.services.guidance.list_other_help import ListOtherHelp
from app.services.guidance.read_declaration import DeclarationTextView, ReadDeclaration
from app.services.ports.texts import HelpView


class DeclarationFilter(StrictModel):
    """Which text."""

    language: Annotated[TextLanguage | None, Field(description="Default: your own language.")] = None


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
)
