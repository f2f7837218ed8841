"""Whatever is selected of the real schema: with plans the same bytes come out as from the executor alone."""

import asyncio
import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from inspect import isawaitable
from types import NoneType, SimpleNamespace, UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

import orjson
import pytest
from graphql import GraphQLNamedType, GraphQLObjectType, GraphQLUnionType, execute, get_named_type, parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from app.api.graphql.context import Context
from app.api.graphql.masking import ErrorMask
from app.api.graphql.plans import PlannedExecution, Plans
from app.api.graphql.schema import make_schema
from app.api.shared.even import Even
from app.api.shared.operations import ALL
from app.api.shared.operations.operation import Operation, Shape
from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.ids import PersonId
from app.services.meetings.views import MeetingView
from app.services.ports.paging import Page

SCHEMA = make_schema()._schema
ID = "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"
ARGUMENTS = {
    "readGroup": f'(groupId: "{ID}")',
    "listMyGroups": "",
    "listGroups": f'(organisationId: "{ID}", first: $first)',
    "listMeetings": f'(groupId: "{ID}")',
    "readBallot": f'(ballotId: "{ID}")',
    "listMyApplications": "",
    "readMe": "",
}
ROOTS = {name: SCHEMA.query_type.fields[name] for name in ARGUMENTS} if SCHEMA.query_type else {}
OPERATIONS = {
    operation.name: operation
    for operation in ALL
    if "".join(part.capitalize() for part in operation.name.split("_"))
    in {name[0].upper() + name[1:] for name in ARGUMENTS}
}
CONDITIONS = ("", "", "", " @skip(if: $no)", " @include(if: $yes)", " @skip(if: true)", " @include(if: $no)")
MASK = ErrorMask(lambda error, _: {"message": error.code}, lambda _: "req-1")
FORBIDDEN = RuntimeError("the executor was asked")


def value_of(hint: Any, *, sick: bool) -> st.SearchStrategy[Any]:
    """A value that fits; where it may be sick, once in a while one that doesn't."""
    plain = getattr(hint, "__supertype__", hint)
    if plain is not hint:
        return value_of(plain, sick=sick)
    if get_origin(hint) is Annotated:
        return value_of(get_args(hint)[0], sick=sick)
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*(value_of(member, sick=sick) for member in get_args(hint)))
    if get_origin(hint) in (list, tuple):
        return st.lists(value_of(get_args(hint)[0], sick=sick), max_size=3)
    if dataclasses.is_dataclass(hint):
        return view_of(cast("type[Any]", hint), sick=sick)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    texts = st.text(st.characters(codec="utf-8"), max_size=3)
    fitting: dict[type[Any], st.SearchStrategy[Any]] = {
        str: texts,
        int: st.integers(-9, 9),
        bool: st.booleans(),
        UUID: st.uuids(),
        NoneType: st.none(),
    }
    return fitting.get(hint, st.datetimes(timezones=st.sampled_from([UTC])))


def view_of(view: type[Any], *, sick: bool) -> st.SearchStrategy[Any]:
    hints = get_type_hints(view, include_extras=True)
    names = [field.name for field in dataclasses.fields(view)]
    whole = st.builds(view, **{name: value_of(hints[name], sick=sick) for name in names})
    if not sick:
        return whole
    wrong = st.sampled_from([None, 2**40, "nothing that fits", ValueError("inside")])
    broken = st.builds(
        lambda made, name, bad: dataclasses.replace(made, **{name: bad}), whole, st.sampled_from(names), wrong
    )
    return st.one_of(whole, whole, whole, broken)


def answer_of(operation: Operation) -> st.SearchStrategy[Any]:
    def seen(*, sick: bool) -> st.SearchStrategy[Any]:
        one = view_of(operation.gives, sick=sick)
        many = st.lists(one, max_size=3)
        good = {Shape.LIST: many, Shape.PAGE: many.map(lambda items: Page(items=items, after=None))}
        return good.get(operation.shape, one)

    refused = st.sampled_from([GroupNotFound(), RuntimeError("secret")])
    return st.one_of(seen(sick=False), seen(sick=False), seen(sick=True), refused)


ANSWERS = st.fixed_dictionaries({name: answer_of(operation) for name, operation in OPERATIONS.items()})
MEETINGS = st.one_of(
    *(st.lists(view_of(MeetingView, sick=sick), max_size=3) for sick in (False, False, True)),
    st.just(RuntimeError("no meetings")),
)


@st.composite
def documents(draw: Callable[[Any], Any]) -> str:
    """A query with aliases, fragments, repetitions and conditions; equal response names always mean the same field."""
    fragments: list[str] = []

    def selected(kind: GraphQLNamedType, depth: int) -> str:
        if isinstance(kind, GraphQLUnionType):
            parts = [f"... on {member.name} {selected(member, depth)}" for member in kind.types]
            return "{ __typename " + " ".join(parts) + " }"
        assert isinstance(kind, GraphQLObjectType)
        parts = []
        likely = ["upcomingMeetings"] * 5 if kind.name == "Group" else []
        names = st.sampled_from([*kind.fields, *likely, "__typename"])
        for name in draw(st.lists(names, min_size=1, max_size=5)):
            inner = get_named_type(kind.fields[name].type) if name in kind.fields else None
            below = selected(inner, depth - 1) if isinstance(inner, GraphQLObjectType) and depth else ""
            if isinstance(inner, GraphQLObjectType) and not depth:
                continue
            alias = draw(st.sampled_from(["", "", f"other_{name}: "]))
            part = f"{alias}{name}{draw(st.sampled_from(CONDITIONS))}{below}"
            match draw(st.integers(0, 5)):
                case 0:
                    part = f"... on {kind.name}{draw(st.sampled_from(CONDITIONS))} {{ {part} }}"
                case 1:
                    fragments.append(f"fragment f{len(fragments)} on {kind.name} {{ {part} }}")
                    part = f"...f{len(fragments) - 1}{draw(st.sampled_from(CONDITIONS))}"
            parts.append(part)
        return "{ " + " ".join([*parts, "kept: __typename"]) + " }"

    roots = draw(st.lists(st.sampled_from(list(ROOTS)), min_size=1, max_size=3, unique=True))
    asked = " ".join(
        f"{name}{ARGUMENTS[name]} {selected(get_named_type(ROOTS[name].type), 3)}" for name in roots
    )
    head = "query ($yes: Boolean = true, $no: Boolean! = false, $first: Int = 3)"
    return " ".join([head, "{", asked, "}", *fragments])


def context_for(answers: dict[str, Any], meetings: Any) -> Context:
    """Use cases that answer what they are told to."""

    async def upcoming(_: Actor, groups: list[Any], __: int) -> dict[Any, Any]:
        if isinstance(meetings, Exception):
            raise meetings
        return dict.fromkeys(groups, meetings)

    async def among(_: Any, standings: dict[Any, Standing], limit: int, __: Any) -> dict[Any, Any]:
        return await upcoming(Actor(), list(standings), limit)

    def use_case(answer: Any) -> Any:
        async def answered(_: Actor, *, also: Any = None, **__: Any) -> Any:
            if isinstance(answer, Exception):
                raise answer
            if also is not None and answer:
                await also(None, answer)
            return answer

        return answered

    features: dict[str, dict[str, Any]] = {}
    for name, answer in answers.items():
        features.setdefault(OPERATIONS[name].feature, {})[name] = use_case(answer)
    relation: Any = upcoming
    relation.among = among
    features.setdefault("meetings", {})["list_upcoming"] = relation
    services = SimpleNamespace(**{name: SimpleNamespace(**verbs) for name, verbs in features.items()})
    ways: Any = SimpleNamespace(services=services, even=Even(0.0))
    actor = Actor(issuer="us", subject="me", person=PersonId(UUID(ID)))
    return Context(cast("Any", None), ways, actor)


def carried_out(
    executor: type[Any], context: Context, document: Any, variables: Any, **more: Any
) -> tuple[bytes, bytes]:
    """Data and errors, as the way in writes them."""

    async def run() -> tuple[bytes, bytes]:
        result: Any = execute(
            SCHEMA, document, context_value=context, variable_values=variables, executor_class=executor,
            is_awaitable=cast("Any", optimized_is_awaitable), operation_extensions=None, **more,
        )  # fmt: skip
        if isawaitable(result):
            result = await result
        errors = sorted(orjson.dumps(MASK.formatted(error, context)) for error in result.errors or ())
        return orjson.dumps(result.data), b"".join(errors)

    return asyncio.run(run())


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(), ANSWERS, MEETINGS, st.lists(st.booleans(), min_size=1, max_size=3))
def test_the_same_bytes(text: str, answers: dict[str, Any], meetings: Any, conditions: list[bool]) -> None:
    document: Any = parse(text)
    plans = Plans(document)
    for condition in conditions:
        variables = {"yes": condition, "no": not condition}
        alone = carried_out(
            StrawberryGraphQLCoreExecutionContext, context_for(answers, meetings), document, variables
        )
        planned = carried_out(
            PlannedExecution, context_for(answers, meetings), document, variables, plans=plans
        )
        if len(document.definitions[0].selection_set.selections) == 1:
            assert planned == alone
        else:
            # Where several fields fail at once, the first one ends it, and which that is nobody promises.
            assert (planned[0], bool(planned[1])) == (alone[0], bool(alone[1]))


class PlansAlone(PlannedExecution):
    """Fails where the executor would have to help below the root."""

    def _carried_out(self, read: Any, source: Any, otherwise: Any) -> Any:
        def refuse() -> Any:
            raise FORBIDDEN

        return super()._carried_out(read, source, refuse)

    def execute_fields(self, parent_type: Any, *rest: Any) -> Any:
        """The root alone."""
        if parent_type is not SCHEMA.query_type:
            raise FORBIDDEN
        return super().execute_fields(parent_type, *rest)


HOME = """{ listMyGroups { ... on GroupList { items {
 id theme members { alias } nextMeeting { startsAt } upcomingMeetings { startsAt kind } } } } }"""
ONE = f'''{{ readGroup(groupId: "{ID}") {{ ... on Group {{ theme upcomingMeetings {{ startsAt place }} }} }} }}'''


def whole(hint: Any) -> Any:
    """One value with nothing left out."""
    plain = getattr(hint, "__supertype__", hint)
    if get_origin(plain) in (Annotated, Union, UnionType):
        return whole(get_args(plain)[0])
    if get_origin(plain) in (list, tuple):
        return [whole(get_args(plain)[0])]
    if dataclasses.is_dataclass(plain):
        hints = get_type_hints(plain, include_extras=True)
        return cast("Any", plain)(
            **{field.name: whole(hints[field.name]) for field in dataclasses.fields(plain)}
        )
    if issubclass(plain, Enum):
        return next(iter(plain))
    return {str: "text", int: 1, bool: True, UUID: UUID(ID)}.get(plain, datetime(2026, 3, 1, 12, tzinfo=UTC))


def whole_answer(operation: Operation) -> Any:
    one = whole(operation.gives)
    match operation.shape:
        case Shape.LIST:
            return [one]
        case Shape.PAGE:
            return Page(items=[one], after=None)
    return one


@pytest.mark.parametrize("text", [HOME, ONE])
def test_plans_read_all_of_a_home_page(text: str) -> None:
    answers = {name: whole_answer(operation) for name, operation in OPERATIONS.items()}
    meeting = cast("MeetingView", whole(MeetingView))
    later = dataclasses.replace(meeting, starts_at=meeting.starts_at + timedelta(days=7))
    answer, errors = carried_out(PlansAlone, context_for(answers, [meeting, later]), parse(text), {})
    assert not errors
    assert all(shown.starts_at.isoformat().encode() in answer for shown in (meeting, later))


@pytest.mark.parametrize("text", [HOME, ONE])
def test_a_relation_that_fails_is_found_where_it_is(text: str) -> None:
    answers = {name: whole_answer(operation) for name, operation in OPERATIONS.items()}
    context, document = context_for(answers, RuntimeError("no meetings")), parse(text)
    alone = carried_out(StrawberryGraphQLCoreExecutionContext, context, document, {})
    assert carried_out(PlannedExecution, context, document, {}, plans=Plans(document)) == alone
    assert b"shared.surprise" in alone[1]
    assert (b"upcomingMeetings" in alone[1]) is (text is ONE)
