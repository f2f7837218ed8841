"""What is written is what the OpenAPI document promises: orjson and pydantic write the same bytes for every view."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from pydantic import TypeAdapter

from app.api.rest.examples import VIEWS as EXAMPLES
from app.api.shared.operations import ALL

VIEWS = {operation.gives.__name__: operation.gives for operation in ALL}


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_view_is_written_as_its_model_says(name: str) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(VIEWS[name])
    shown = adapter.validate_json(orjson.dumps(EXAMPLES[name]))
    assert orjson.dumps(shown, option=orjson.OPT_UTC_Z) == adapter.dump_json(shown)


@pytest.mark.parametrize("microsecond", [0, 1, 120_000, 999_999])
def test_an_instant_is_written_the_same_to_the_last_digit(microsecond: int) -> None:
    moment = datetime(2026, 11, 22, 8, 57, 16, microsecond, tzinfo=UTC)
    assert orjson.dumps(moment, option=orjson.OPT_UTC_Z) == TypeAdapter(datetime).dump_json(moment)
