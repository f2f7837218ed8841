"""One operation, as both ways in need to know it."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from app.api.shared.strict_model import StrictModel
from app.domain.shared.errors import (
    CursorMismatch,
    DomainError,
    IdempotencyInProgress,
    IdempotencyMismatch,
    PersonNeeded,
    PreconditionRequired,
    Stale,
)
from app.services.registry import Services

_PATH_NAME = re.compile(r"\{(\w+)\}")


class Shape(StrEnum):
    """What comes back."""

    ONE = "one"
    LIST = "list"
    PAGE = "page"
    NOTHING = "nothing"


class Part(StrictModel):
    """An input that stands for one value object of the domain (a signature, a policy's settings)."""

    DOMAIN: ClassVar[type[Any]]

    def to_domain(self) -> Any:
        """The value object; it may refuse."""
        return type(self).DOMAIN(**{name: getattr(self, name) for name in type(self).model_fields})


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A use case with its address in REST and its name in both ways in."""

    name: str
    """`verb_noun`: the operationId, and in camel case the GraphQL field."""
    feature: str
    """The feature word: tag, module, prefix of error codes."""
    use: Callable[[Services], Any]
    """Picks the use case."""
    use_case: type[Any]
    """Its class: where summary and description come from."""
    method: str
    path: str
    gives: type[Any]
    """The view that comes back, or that a list or page is made of."""
    shape: Shape = Shape.ONE
    takes: type[StrictModel] | None = None
    """Body in REST, arguments in GraphQL."""
    filters: type[StrictModel] | None = None
    """Query parameters in REST, arguments in GraphQL."""
    path_types: dict[str, Any] = field(default_factory=dict)
    """Types of the names in the path that are no ids."""
    status: int = 200
    refuses: tuple[type[DomainError], ...] = ()
    """What it may refuse by itself; what follows from its other members is added: who asks, keys, versions, pages."""
    read_before: str | None = None
    """Name of the operation that reads what this one changes: then `If-Match` (REST) or `version` (GraphQL) is due."""
    version_in: str = "version"
    """The member of the view that holds the version which a change builds on."""
    idempotent_by_key: bool = False
    """Whether an `Idempotency-Key` is honoured."""
    is_public: bool = False
    """Whether it can be called without a token."""
    location: str | None = None
    """Where what was made can be read: a path with names of the view's fields."""

    def __post_init__(self) -> None:
        implied: list[type[DomainError]] = [] if self.is_public else [PersonNeeded]
        if self.idempotent_by_key:
            implied += [IdempotencyMismatch, IdempotencyInProgress]
        if self.read_before is not None:
            implied += [Stale, PreconditionRequired]
        if self.shape is Shape.PAGE:
            implied.append(CursorMismatch)
        object.__setattr__(self, "refuses", (*self.refuses, *implied))

    @property
    def path_names(self) -> list[str]:
        """The names in the path, in order."""
        return _PATH_NAME.findall(self.path)

    @property
    def is_query(self) -> bool:
        """Whether it only looks."""
        return self.method == "GET"

    @property
    def summary(self) -> str:
        """The first words of the use case's docstring."""
        return self._doc[0]

    @property
    def description(self) -> str:
        """The whole docstring of the use case, without line breaks inside its paragraphs."""
        return "\n\n".join(self._doc)

    @property
    def _doc(self) -> list[str]:
        text = inspect.getdoc(self.use_case) or self.name
        paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
        first, _, rest = paragraphs[0].partition(". ")
        return [first.rstrip("."), *([rest] if rest else []), *paragraphs[1:]]

    def arguments(self, body: StrictModel | None, filters: StrictModel | None) -> dict[str, Any]:
        """The use case's arguments that come from body and query."""
        found: dict[str, Any] = {}
        for model in (body, filters):
            if model is not None:
                for name in type(model).model_fields:
                    value = getattr(model, name)
                    found[name] = _as_meant(value)
        return found


def _as_meant(value: Any) -> Any:
    """What stands for a value object, or for several, as the value object that it stands for."""
    if isinstance(value, list):
        return [_as_meant(item) for item in value]
    return value.to_domain() if isinstance(value, Part) else value
