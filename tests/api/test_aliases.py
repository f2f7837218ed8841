"""Wherever an alias comes in, it keeps to one script."""

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from app.api.shared.operations import ALL
from app.api.shared.operations.inputs import Alias
from app.api.shared.operations.operation import Operation

TAKING = [each for each in ALL if each.takes and "alias" in each.takes.model_fields]


def test_all_ways_in_are_looked_at() -> None:
    assert {each.name for each in TAKING} == {
        *("accept_entry", "accept_place", "apply_to_group", "ask_for_place", "begin_group", "change_alias"),
        "correct_application",
    }


@pytest.mark.parametrize("operation", TAKING, ids=lambda each: str(each.name))
def test_an_alias_of_several_scripts_is_refused(operation: Operation) -> None:
    takes = operation.takes
    assert takes is not None
    assert issubclass(takes, BaseModel)
    faults = []
    for alias in ("Bever", "B\u0435ver"):
        with pytest.raises(ValidationError) as found:
            takes.model_validate({"alias": alias, "nothing": 0})
        faults.append([each["type"] for each in found.value.errors() if each["loc"][0] == "alias"])
    assert faults == [[], ["mixed_scripts"]]


def test_letters_of_full_width_are_plain_ones() -> None:
    assert TypeAdapter(Alias).validate_python("\uff22ever") == "Bever"
