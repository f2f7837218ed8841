"""GraphQL fields, made from the same table of operations as the REST routes: unpack, call, return."""

import dataclasses
import inspect
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Any, Union, cast
from uuid import UUID

import strawberry
from pydantic import ValidationError
from strawberry.types import Info
from strawberry.types.field import StrawberryField

from app.api.graphql.context import Context
from app.api.graphql.once import once
from app.api.graphql.problems import Problem, problem_of, spelt_items
from app.api.graphql.relations import looked_ahead
from app.api.graphql.spelling import argument
from app.api.graphql.types import convert, input_annotation, name_of, output_type
from app.api.shared.auth import require_login
from app.api.shared.operations import Operation
from app.api.shared.operations.operation import Shape
from app.api.shared.paging import PageIn, next_cursor, open_page, question_of
from app.api.shared.problem_handlers import items_of
from app.api.shared.problems import describe_edge
from app.api.shared.strict_model import ChangingModel, StrictModel
from app.content.texts import Language
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError, Invalid, StepUpNeeded


@strawberry.type(description="It is done; there is nothing to show.")
class Done:
    """The answer of what leaves nothing behind."""

    done: bool = strawberry.field(description="Always true.")


def field_of(operation: Operation) -> StrawberryField:
    """The field of an operation: a query that looks, or a mutation that changes."""
    answer: Any = Annotated[
        Union[_success(operation), Problem],  # noqa: UP007 (built at run time)
        strawberry.union(
            f"{_camel(operation.name)}Result",
            description=f"The answer of `{argument(operation.name)}`, or why not.",
        ),
    ]
    resolver = _resolver(operation)
    resolver.__signature__ = _signature(operation, answer)  # type: ignore[attr-defined]
    resolver.__annotations__ = {
        name: parameter.annotation
        for name, parameter in resolver.__signature__.parameters.items()  # type: ignore[attr-defined]
    } | {"return": answer}
    resolver.__name__ = operation.name
    made: StrawberryField = strawberry.field(resolver=resolver, description=operation.description)
    return made


def _success(operation: Operation) -> Any:
    match operation.shape:
        case Shape.NOTHING:
            return Done
        case Shape.LIST:
            return _list_type(operation.gives)
        case Shape.PAGE:
            return _page_type(operation.gives)
    return output_type(operation.gives)


@once
def _list_type(view: type[Any]) -> Any:
    made = type(f"{name_of(view)}List", (), {"__annotations__": {"items": _list_of(view)}})
    made.items = strawberry.field(description="The entries.")  # type: ignore[attr-defined]
    return strawberry.type(made, description="A whole list.")


def _list_of(view: type[Any]) -> Any:
    entry: Any = output_type(view)
    return list[entry]


@once
def _page_type(view: type[Any]) -> Any:
    annotations = {"items": _list_of(view), "next_cursor": str | None}
    made = type(f"{name_of(view)}Page", (), {"__annotations__": annotations})
    made.items = strawberry.field(description="The entries.")  # type: ignore[attr-defined]
    made.next_cursor = strawberry.field(  # type: ignore[attr-defined]
        description="Send it as `cursor` for the next page; null on the last."
    )
    return strawberry.type(made, description="A page of a list.")


def _signature(operation: Operation, answer: Any) -> inspect.Signature:
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info)]
    for name in operation.path_names:
        kind = input_annotation(operation.path_types.get(name, UUID))
        parameters.append(inspect.Parameter(name, keyword, annotation=kind))
    if operation.read_before is not None:
        note = strawberry.argument(description="The `version` that you have read; your change builds on it.")
        parameters.append(inspect.Parameter("version", keyword, annotation=Annotated[int, note]))
    required, optional = [], []
    for model in _models(operation):
        for name, info in model.model_fields.items():
            note = strawberry.argument(name=argument(name), description=info.description)
            kind_of: Any = input_annotation(info.annotation)
            annotation: Any = Annotated[kind_of, note]
            if info.is_required():
                required.append(inspect.Parameter(name, keyword, annotation=annotation))
            else:
                default = None if info.default_factory else info.default
                if issubclass(model, ChangingModel):
                    default = strawberry.UNSET
                if info.default_factory:
                    annotation = Annotated[kind_of | None, note]
                optional.append(inspect.Parameter(name, keyword, annotation=annotation, default=default))
    return inspect.Signature([*parameters, *required, *optional], return_annotation=answer)


def _models(operation: Operation) -> list[type[StrictModel]]:
    models = [model for model in (operation.takes, operation.filters) if model is not None]
    return [*models, PageIn] if operation.shape is Shape.PAGE else models


def _resolver(operation: Operation) -> Callable[..., Awaitable[Any]]:
    async def resolver(info: Info[Context, None], **given: Any) -> Any:
        context = info.context
        actor = _with_key(context.actor, operation, info, given)
        try:
            return await _call(operation, context, actor, given, looked_ahead(operation.name, info))
        except ValidationError as error:
            return _invalid(error, actor)
        except StepUpNeeded as error:
            context.step_up = error
            return problem_of(error, actor)
        except DomainError as error:
            return problem_of(error, actor)

    return resolver


async def _call(
    operation: Operation, context: Context, actor: Actor, given: dict[str, Any], ahead: dict[str, Any]
) -> Any:
    place = {name: given[name] for name in operation.path_names}
    body, filters, page = (
        _validated(model, given) for model in (operation.takes, operation.filters, _page_model(operation))
    )
    require_login(actor, operation)
    if operation.limited is not None:
        await context.ways.limits.before(operation.limited, actor, context.request.scope)
    arguments = {**place, **operation.arguments(body, filters), **ahead}
    if operation.read_before is not None:
        arguments["version"] = given["version"]
    question: dict[str, Any] = {}
    if isinstance(page, PageIn):
        question = question_of(operation, place, filters)
        arguments["page"] = open_page(context.ways, actor, question, page)
    async with context.ways.even():
        result = await operation.use(context.ways.services)(actor, **arguments)
    match operation.shape:
        case Shape.NOTHING:
            return Done(done=True)
        case Shape.LIST:
            return _list_type(operation.gives)(items=result)
        case Shape.PAGE:
            cursor = next_cursor(context.ways, actor, question, result)
            return _page_type(operation.gives)(items=result.items, next_cursor=cursor)
    return convert(result)


def _page_model(operation: Operation) -> type[StrictModel] | None:
    return PageIn if operation.shape is Shape.PAGE else None


def _validated(model: type[StrictModel] | None, given: dict[str, Any]) -> StrictModel | None:
    """The same bounds as in REST, held by the same model."""
    if model is None:
        return None
    return model.model_validate(
        {
            name: _plain(given[name])
            for name, info in model.model_fields.items()
            if name in given
            and given[name] is not strawberry.UNSET
            and not (given[name] is None and info.default_factory)
        }
    )


def _plain(value: Any) -> Any:
    """Strawberry's input objects as plain members."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _with_key(actor: Actor, operation: Operation, info: Info[Any, Any], given: dict[str, Any]) -> Actor:
    """An idempotency key covers each field of the request on its own, with what that field asks for."""
    key = actor.mark.idempotency_key
    if key is None or not operation.idempotent_by_key:
        return replace(actor, mark=replace(actor.mark, idempotency_key=None))
    asked = json.dumps(
        [operation.name, {name: _plain(value) for name, value in given.items()}], default=str, sort_keys=True
    )
    return replace(
        actor, mark=replace(actor.mark, idempotency_key=f"{key}#{info.path.key}", fingerprint=asked)
    )


def _invalid(error: ValidationError, actor: Actor) -> Problem:
    language = cast("Language", actor.mark.language)
    described = describe_edge(Invalid.code, language, actor.mark.request_id)
    return Problem(
        code=described["code"],
        status=described["status"],
        rules=[],
        title=described["title"],
        detail=described["detail"],
        next=described["next"],
        errors=spelt_items(items_of(error.errors(include_input=False, include_context=False), language)),
    )


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
