"""A plan reads what the executor would have read, and leaves to it whatever is unusual."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest
import strawberry
from graphql import parse
from strawberry import Schema
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from app.api.graphql.plans import PlannedExecution

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@strawberry.type
class Member:
    alias: str
    is_me: bool


@strawberry.type
class Group:
    id: UUID
    theme: str | None
    begins: datetime
    members: list[Member]
    first: Member | None
    friends: list["Group"]

    @strawberry.field
    async def shout(self) -> str:
        return "late"


@strawberry.type
class Query:
    @strawberry.field
    def group(self, broken: bool = False) -> Group:
        member = Member(alias="Ada", is_me=True)
        broken_member = Member(alias=None, is_me=False)  # type: ignore[arg-type]
        friend = Group(
            id=UUID(int=2), theme="Grief", begins=NOON, members=[broken_member if broken else member], first=None,
            friends=[],
        )  # fmt: skip
        return Group(
            id=UUID(int=1), theme=None, begins=NOON, members=[member, member], first=member, friends=[friend]
        )


class Counting(PlannedExecution):
    planned = 0

    def _plan(self, kind: Any, details: Any) -> Any:
        plan = super()._plan(kind, details)
        if plan is not None:
            Counting.planned += 1
        return plan


def schema(context: type[Any]) -> Schema:
    return Schema(Query, execution_context_class=context)


QUESTIONS = [
    "{ group { id theme begins members { alias isMe } first { alias } friends { id first { alias } } } }",
    "{ group { __typename name: theme members { who: alias __typename } } }",
    "query ($no: Boolean = false) { group { id theme @include(if: $no) members { alias isMe @skip(if: $no) } } }",
    "{ group { ...part friends { ...part } } } fragment part on Group { id members { alias } members { isMe } }",
    "{ group { id shout members { alias } friends { shout theme } } }",
    "{ group(broken: true) { friends { members { alias isMe } } } }",
    "{ group(broken: true) { members { alias } friends { first { alias } } } }",
]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_the_same_as_the_executor(question: str) -> None:
    parse(question)
    planned = await schema(PlannedExecution).execute(question)
    executed = await schema(StrawberryGraphQLCoreExecutionContext).execute(question)
    assert orjson.dumps(planned.data) == orjson.dumps(executed.data)
    assert [(error.message, error.path) for error in planned.errors or []] == [
        (error.message, error.path) for error in executed.errors or []
    ]


async def test_plain_data_is_planned() -> None:
    Counting.planned = 0
    await schema(Counting).execute(QUESTIONS[0])
    assert Counting.planned > 0
