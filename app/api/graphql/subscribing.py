"""Carrying a subscription out: prepared and limited like any other document, and masked like any other answer."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from inspect import isawaitable
from typing import Any, cast

from graphql import ExecutionResult as CoreResult
from graphql import GraphQLError, OperationType, subscribe
from strawberry.execution import optimized_is_awaitable
from strawberry.types.execution import ExecutionResult, PreExecutionError

from app.api.graphql.context import Context
from app.api.graphql.http import GraphQLEndpoint
from app.api.graphql.masking import Formatted, variable_error
from app.api.graphql.preparation import MAX_ERRORS, RequestRefused
from app.domain.shared.errors import DomainError

Results = AsyncGenerator[ExecutionResult | PreExecutionError]


class Shown(GraphQLError):
    """An error that is ready to be shown."""

    def __init__(self, shown: Formatted) -> None:
        super().__init__(str(shown.get("message")))
        self._shown = shown

    @property
    def formatted(self) -> Any:
        """As it is shown."""
        return self._shown


class Subscribing:
    """In the place of the schema in strawberry's handler, whose own way knows neither our limits nor our masks."""

    def __init__(self, endpoint: GraphQLEndpoint, context: Callable[[], Context]) -> None:
        self._endpoint, self._context = endpoint, context

    async def stream(
        self,
        query: str,
        variable_values: dict[str, object] | None = None,
        context_value: object = None,
        root_value: object = None,
        operation_name: str | None = None,
    ) -> Results:
        """The results of a subscription, one by one; or why there are none."""
        return self._results(query, variable_values or {}, operation_name)

    async def _results(self, query: str, variables: dict[str, object], name: str | None) -> Results:
        endpoint, context = self._endpoint, self._context()
        try:
            self._count(context)
            prepared = endpoint.documents.prepare(query, may_introspect=False)
            endpoint.charge(context, endpoint.cost_of(prepared, name, variables, OperationType.SUBSCRIPTION))
            found = subscribe(
                endpoint.schema,
                prepared.document,
                context_value=context,
                variable_values=variables,
                operation_name=name,
                executor_class=endpoint.execution_class,
                is_awaitable=cast(Any, optimized_is_awaitable),
                max_coercion_errors=MAX_ERRORS,
                hide_suggestions=True,
                operation_extensions=None,
            )
            stream = await found if isawaitable(found) else found
        except RequestRefused as refused:
            yield _refused(*refused.errors)
            return
        except DomainError as error:
            yield _refused(endpoint.mask.formatted(GraphQLError("", original_error=error), context))
            return
        if isinstance(stream, CoreResult):
            yield _refused(*map(variable_error, stream.errors or []))
            return
        async with aclosing(cast("AsyncGenerator[CoreResult]", stream)) as results:
            async for each in results:
                errors = [Shown(endpoint.mask.formatted(error, context)) for error in each.errors or []]
                yield ExecutionResult(data=each.data, errors=cast(Any, errors) or None)

    @staticmethod
    def _count(context: Context) -> None:
        """A subscription is a request like others."""
        actor = context.actor
        context.ways.limits.caller(context.request.scope, actor.issuer or "", actor.subject or "", False)


def _refused(*errors: Formatted) -> PreExecutionError:
    return PreExecutionError(data=None, errors=[Shown(error) for error in errors])
