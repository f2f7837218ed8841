"""Ids, times and choices are read in one spelling; everything else is taken at its word."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from app.api.shared.operations import ALL
from app.api.shared.strict_model import Day, Instant, Line, LongText, OneOf, StrictModel, Uuid, is_ours


class Shade(StrEnum):
    DARK = "dark"


class Sample(StrictModel):
    id: Uuid | None = None
    at: Instant | None = None
    day: Day | None = None
    shade: OneOf[Shade] | None = None
    line: Line = "x"
    text: LongText = ""
    is_so: bool = False


@pytest.mark.parametrize(
    ("member", "sent", "read"),
    [
        ("id", "6F1C1C52-8d0f-4f0e-9a34-0d4ed2ae2f9c", UUID("6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c")),
        ("at", "2026-01-02T03:04:05.5+02:00", datetime(2026, 1, 2, 1, 4, 5, 500_000, tzinfo=UTC)),
        ("at", "2026-01-02t03:04:05z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("day", "2024-02-29", date(2024, 2, 29)),
        ("shade", "dark", Shade.DARK),
        ("line", " blåbær  😀 ", "blåbær 😀"),
        ("line", "\uff21nna", "Anna"),
        ("text", "two\nlines\t", "two\nlines\t"),
    ],
)
def test_the_one_spelling_is_read_from_objects_and_from_json(member: str, sent: str, read: object) -> None:
    assert getattr(Sample.model_validate({member: sent}), member) == read
    assert getattr(Sample.model_validate_json(json.dumps({member: sent})), member) == read
    assert Sample.model_validate({member: read}) == Sample.model_validate({member: sent})


WRONG: list[tuple[str, Any]] = [
    ("id", "6f1c1c528d0f4f0e9a340d4ed2ae2f9c"), ("id", 5), ("id", b"6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"),
    ("id", "urn:uuid:6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"), ("id", "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c\n"),
    ("at", "2026-01-02T03:04:05"), ("at", "2026-01-02"), ("at", "2026-01-02T23:59:60Z"), ("at", 0), ("at", 1.5),
    ("at", "0001-01-01T00:00:00+14:00"), ("at", "2026-13-01T00:00:00Z"), ("at", "2026-01-01T00:00:00+25:00"),
    ("at", "1899-12-31T00:00:00Z"), ("at", "2201-01-01T00:00:00Z"), ("at", "٢٠٢٦-01-01T00:00:00Z"),
    ("at", datetime(2026, 1, 1)),  # noqa: DTZ001
    ("day", "2026-02-30"), ("day", "2026-02-01T00:00:00Z"), ("day", 20260201),
    ("day", datetime(2026, 1, 1, tzinfo=UTC)), ("day", "1800-01-01"), ("shade", "light"), ("shade", 1),
    ("line", ""), ("line", " \u00a0"), ("line", "a\nb"), ("line", "a\x00"), ("line", "x" * 201), ("line", 1),
    ("text", "a\x00b"), ("text", "x" * 4001), ("text", None), ("is_so", 1), ("is_so", "true"), ("other", 1),
]  # fmt: skip


@pytest.mark.parametrize(("member", "sent"), WRONG)
def test_any_other_spelling_is_refused_without_repeating_it(member: str, sent: object) -> None:
    with pytest.raises(ValidationError) as refusal:
        Sample.model_validate({member: sent})
    assert "input_value" not in str(refusal.value)


def test_what_a_member_is_called_is_known_of_every_input() -> None:
    """So a problem shows it, with digits or without; what a caller has invented isn't known."""
    schemas = [each.model_json_schema() for operation in ALL if (each := operation.takes) is not None]
    parts = [part for schema in schemas for part in (schema, *schema.get("$defs", {}).values())]
    names = {name for part in parts for name in part.get("properties", {})}
    assert "text_sha256" in names
    assert [name for name in sorted(names) if not is_ours(name)] == []
    assert not is_ours("annasolberg")
