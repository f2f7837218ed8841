"""What is written is what the OpenAPI document promises: orjson and pydantic write the same bytes for every view."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest
from pydantic import TypeAdapter

from app.api.rest.examples import VIEWS as EXAMPLES
from app.api.rest.outputs import written
from app.api.shared.operations import ALL

VIEWS = {operation.gives.__name__: operation.gives for operation in ALL}


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_view_is_written_as_its_model_says(name: str) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(VIEWS[name])
    shown = adapter.validate_json(orjson.dumps(EXAMPLES[name]))
    assert written(shown) == adapter.dump_json(shown)


@pytest.mark.parametrize("microsecond", [0, 1, 120_000, 999_999])
def test_an_instant_is_written_the_same_to_the_last_digit(microsecond: int) -> None:
    moment = datetime(2026, 11, 22, 8, 57, 16, microsecond, tzinfo=UTC)
    assert written(moment) == TypeAdapter(datetime).dump_json(moment)


def test_an_id_is_written_whatever_class_of_uuid_the_driver_makes_of_it() -> None:
    class OfTheDriver(UUID):
        """As asyncpg's."""

    number = "6f0a4a0e-4b5b-4c36-9a68-0d6a0e1f5b11"
    assert written({"id": OfTheDriver(number)}) == written({"id": UUID(number)})
    with pytest.raises(TypeError, match="not JSON serializable"):
        written({"ids": {1}})
