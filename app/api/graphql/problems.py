"""Refusals as members of the result: the same code, rules and words as the problem documents of REST."""

from collections.abc import Iterable
from typing import cast

import strawberry

from app.api.graphql.spelling import pointer
from app.api.shared.problems import ProblemItemDict, describe
from app.content.texts import Language
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError


@strawberry.type(description="One argument that is at fault.")
class ProblemItem:
    """One argument that is at fault; what was given is never repeated."""

    pointer: str = strawberry.field(
        description="JSON Pointer into the arguments, as they are spelt here: `/typedName`."
    )
    code: str = strawberry.field(description="What is wrong with it.")
    detail: str | None = strawberry.field(
        default=None,
        description="The same for people, in their language; null where the refusal itself says it.",
    )


@strawberry.type(description="What was refused, why, and what one can do: as in REST's problem documents.")
class Problem:
    """A refusal."""

    code: str = strawberry.field(description="Stable name of the refusal.")
    status: int = strawberry.field(description="The HTTP status that REST would answer with.")
    rules: list[str] = strawberry.field(description="Ids of the rules behind it.")
    title: str = strawberry.field(description="What happened, in your language.")
    detail: str = strawberry.field(description="Why.")
    next: str = strawberry.field(description="What you can do.")
    errors: list[ProblemItem] = strawberry.field(description="Arguments at fault, if any.")
    purposes: list[str] = strawberry.field(
        default_factory=list,
        description="Where a consent is missing: the purposes of which one would be enough; otherwise none.",
    )


def spelt_items(items: Iterable[ProblemItemDict]) -> list[ProblemItem]:
    """The places at fault, by the names that the arguments have here."""
    return [
        ProblemItem(pointer=pointer(item["pointer"]), code=item["code"], detail=item.get("detail"))
        for item in items
    ]


def problem_of(error: DomainError, actor: Actor) -> Problem:
    """The refusal as a member of the result."""
    described = describe(error, cast("Language", actor.mark.language), actor.mark.request_id)
    return Problem(
        code=described["code"],
        status=described["status"],
        rules=list(described["rules"]),
        title=described["title"],
        detail=described["detail"],
        next=described["next"],
        errors=spelt_items(described["errors"]),
        purposes=list(described.get("purposes", [])),
    )
