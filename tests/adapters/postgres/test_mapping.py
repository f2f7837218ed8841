"""The strict mapper: it refuses to forget a field, and what it rejects never reaches a use case."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text

from app.adapters.postgres.mapping import Mapper, Unmapped


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(slots=True, kw_only=True)
class Thing:
    id: int
    colour: Colour
    parts: tuple[str, ...] = ()


def table(*names: str) -> Table:
    columns = [Column(name, Integer if name == "id" else Text) for name in names]
    return Table("thing", MetaData(), *columns)


def test_what_fits_goes_out_and_comes_back() -> None:
    mapper = Mapper(Thing, table("id", "colour", "parts"))
    thing = Thing(id=1, colour=Colour.RED, parts=("a",))
    assert mapper.to_entity(mapper.to_values(thing)) == thing


@pytest.mark.parametrize(
    ("columns", "options", "forgotten"),
    [
        (("id", "colour"), {}, "parts"),
        (("id", "colour", "parts", "weight"), {}, "weight"),
        (("id", "colour", "parts"), {"computed": ("parts",)}, "parts"),
        (("id", "colour", "parts"), {"added": ("id",)}, "id"),
        (("id", "colour"), {"computed": ("parts", "smell")}, "smell"),
        (("id", "colour", "parts"), {"added": ("smell",)}, "smell"),
    ],
)
def test_a_forgotten_or_surplus_field_stops_the_start(
    columns: tuple[str, ...], options: dict[str, Any], forgotten: str
) -> None:
    with pytest.raises(Unmapped, match=forgotten):
        Mapper(Thing, table(*columns), **options)


def test_what_is_added_or_computed_has_to_be_given_and_nothing_else() -> None:
    mapper = Mapper(Thing, table("id", "colour", "weight"), computed=("parts",), added=("weight",))
    thing = Thing(id=1, colour=Colour.BLUE)
    assert mapper.to_values(thing, weight=3) == {"id": 1, "colour": Colour.BLUE, "weight": 3}
    for values in ({}, {"weight": 3, "smell": 1}):
        with pytest.raises(Unmapped):
            mapper.to_values(thing, **values)
    record = {"id": 1, "colour": "blue", "weight": 3}
    assert mapper.to_entity(record, parts=("a",)) == Thing(id=1, colour=Colour.BLUE, parts=("a",))
    for computed in ({}, {"parts": (), "smell": 1}):
        with pytest.raises(Unmapped):
            mapper.to_entity(record, **computed)


def test_enums_come_back_as_enums_and_rubbish_is_rejected() -> None:
    mapper = Mapper(Thing, table("id", "colour", "parts"))
    assert mapper.to_entity({"id": 1, "colour": "red", "parts": []}).colour is Colour.RED
    for rubbish in ({"colour": "mauve"}, {"colour": None}, {"parts": None}, {"parts": 1}):
        with pytest.raises(ValueError):
            mapper.to_entity({"id": 1, "colour": "red", "parts": [], **rubbish})
