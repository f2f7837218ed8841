"""One operation, as both ways in need to know it."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from app.api.shared.limits import Limited
from app.api.shared.strict_model import ChangingModel, StrictModel
from app.domain.shared.assurance import Assurance
from app.domain.shared.errors import (
    CursorMismatch,
    DomainError,
    IdempotencyInProgress,
    IdempotencyMismatch,
    PersonNeeded,
    PreconditionRequired,
    Stale,
    StepUpNeeded,
)
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import ScopeNeeded, SystemNotAdmitted
from app.services.registry import Services

_PATH_NAME = re.compile(r"\{(\w+)\}")

_FOR_EVERYBODY_AND_SYSTEMS = frozenset({"list_offers"})
"""What is public and belongs to the municipal interface all the same."""


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
    body_optional: bool = False
    """Whether REST needs no body: nothing in it has to be said."""
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
    assurance: Assurance | None = None
    """The least assurance that a person's login has to have, checked before the use case is called."""
    scope: SystemScope | None = None
    """By which scope a system with an account may do it, too; None: people only."""
    for_systems: bool = False
    """Whether it is there for systems, whatever their scopes."""
    limited: Limited | None = None
    """What is limited more strictly here than a request as such."""
    location: str | None = None
    """Where what was made can be read: a path with names of the view's fields."""

    def __post_init__(self) -> None:
        if self.body_optional and (self.takes is None or any_required(self.takes)):
            raise ValueError("a body in which something has to be said isn't optional")
        implied: list[type[DomainError]] = [] if self.is_public else [PersonNeeded]
        if self.assurance is not None:
            if self.is_public:
                raise ValueError("whoever needs no login can't need a strong one")
            implied.append(StepUpNeeded)
        if self.scope is not None:
            implied += [SystemNotAdmitted, ScopeNeeded]
        if self.idempotent_by_key:
            implied += [IdempotencyMismatch, IdempotencyInProgress]
        if self.read_before is not None:
            implied += [Stale, PreconditionRequired]
        if self.shape is Shape.PAGE:
            implied.append(CursorMismatch)
        object.__setattr__(self, "refuses", (*self.refuses, *implied))

    @property
    def lets_systems_in(self) -> bool:
        """Whether a system can do it; which one may, its account decides."""
        return self.is_public or self.for_systems or self.scope is not None

    @property
    def is_municipal(self) -> bool:
        """Whether it is part of what a municipality's systems are offered."""
        return self.scope is not None or self.for_systems or self.name in _FOR_EVERYBODY_AND_SYSTEMS

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
        return "\n\n".join([*self._doc, *self._asks])

    @property
    def details(self) -> str:
        """What there is to know beyond the summary, for whoever shows both; the summary again where that is all."""
        return "\n\n".join([*self._doc[1:], *self._asks]) or self.summary

    @property
    def _asks(self) -> list[str]:
        asks = []
        if self.assurance is not None:
            asks.append(f"Asks for a login of at least {self.assurance.name.lower()} assurance (RFC 9470).")
        if self.scope is not None:
            asks.append(f"A system with an account may do this with the scope `{self.scope}`.")
        return asks

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
                said = model.model_fields_set if isinstance(model, ChangingModel) else None
                for name in type(model).model_fields:
                    if said is not None and name not in said:
                        continue
                    value = getattr(model, name)
                    found[name] = _as_meant(value)
        return found


def any_required(model: type[StrictModel]) -> bool:
    """Whether something has to be said in it."""
    return any(each.is_required() for each in model.model_fields.values())


def _as_meant(value: Any) -> Any:
    """What stands for a value object, or for several, as the value object that it stands for."""
    if isinstance(value, list):
        return [_as_meant(item) for item in value]
    return value.to_domain() if isinstance(value, Part) else value
