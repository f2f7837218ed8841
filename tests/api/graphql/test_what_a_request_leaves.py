"""When a request is answered, all that it has loaded is given back at once: nothing of it holds itself until the collector
looks at everything, which may be ten million objects later."""

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest
import strawberry
from graphql import execute, parse
from strawberry import Schema

from app.api.graphql.loaders import Batch
from app.api.graphql.plans import PlannedExecution


class Asked:
    """What stands for everything that a request has loaded."""


@strawberry.type
class Query:
    @strawberry.field
    async def thing(self) -> str:
        return "loaded"


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


async def test_an_execution_holds_no_request() -> None:
    context = Asked()
    gone = weakref.ref(context)
    schema = Schema(Query)._schema
    document = parse("{ thing }")
    answer = await execute(schema, document, context_value=context, executor_class=PlannedExecution)  # type: ignore[misc]
    assert answer.data == {"thing": "loaded"}
    del context
    assert gone() is None


async def test_a_batch_holds_nothing_that_it_has_loaded() -> None:
    loaded: list[weakref.ref[Asked]] = []

    async def load(keys: list[int]) -> dict[int, list[Asked]]:
        found = {key: [Asked()] for key in keys}
        loaded.extend(weakref.ref(each) for each, *_ in found.values())
        return found

    batch = Batch(load)
    assert len(await batch.of(1)) == 1
    assert len(await batch.of(1)) == 1
    assert loaded[0]() is not None
    assert len(loaded) == 1
    await asyncio.sleep(0)  # its task has told that it is done
    del batch
    assert loaded[0]() is None
