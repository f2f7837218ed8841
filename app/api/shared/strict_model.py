"""What comes in, taken at its word: no unknown members, no number that was a string, no bool that was a number.

FastAPI validates parsed JSON as Python objects, where pydantic's strict mode refuses even the strings that JSON has
to use for ids, times and choices. The types here read exactly one spelling of those and are strict otherwise.
"""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any, Final, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_NO_NUL = r"^[^\x00]*$"
_ONE_LINE = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"

_OURS: set[str] = set()

Choice_ = TypeVar("Choice_")


def _without_defaults(schema: dict[str, Any]) -> None:
    """A left-out member means none of its values, so the schema names none."""
    for each in schema.get("properties", {}).values():
        each.pop("default", None)


class StrictModel(BaseModel):
    """The base of every input. Use `Uuid`, `Instant`, `Day` and `OneOf[...]` for ids, times, dates and enums."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        _OURS.update(cls.model_fields)


def is_ours(name: str) -> bool:
    """Whether a member of some input is called so: such a name may be repeated, whoever wrote it."""
    return name in _OURS


class ChangingModel(StrictModel):
    """An input of which everything that is left out stays as it is, while null is said: the use case gets what was sent."""

    model_config = ConfigDict(json_schema_extra=_without_defaults)


def _read_uuid(value: object) -> object:
    if isinstance(value, UUID):
        return value
    if isinstance(value, str) and _UUID.fullmatch(value):
        return UUID(value)
    raise _malformed()


def _read_instant(value: object) -> object:
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            value = datetime.fromisoformat(value.upper())
            value = value.astimezone(UTC)
        except (ValueError, OverflowError):
            raise _malformed() from None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return _within_reach(value, value.year)
    raise _malformed()


def _read_day(value: object) -> object:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise _malformed() from None
    if isinstance(value, date) and not isinstance(value, datetime):
        return _within_reach(value, value.year)
    raise _malformed()


def _read_whole(value: object) -> object:
    if isinstance(value, str):
        if _WHOLE.fullmatch(value):
            return int(value)
        raise _malformed()
    return value


def _read_flag(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _within_reach(value: object, year: int) -> object:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PydanticCustomError("out_of_range", "a year that can't be meant")
    return value


def _malformed() -> PydanticCustomError:
    return PydanticCustomError("malformed", "not written as it has to be")


Uuid = Annotated[UUID, BeforeValidator(_read_uuid)]
"""A UUID in its one usual spelling, with hyphens."""

Instant = Annotated[datetime, BeforeValidator(_read_instant)]
"""A moment: RFC 3339 with an offset (demanded), in UTC afterwards; years 1900 to 2200."""

Day = Annotated[date, BeforeValidator(_read_day)]
"""A calendar day, `2026-03-01`; years 1900 to 2200."""

OneOf = Annotated[Choice_, Strict(False)]
"""`OneOf[SomeStrEnum]`: a choice by its value. Only for enums of strings."""

Text = Annotated[str, Field(pattern=_NO_NUL)]
"""Free text, over several lines if need be; kept as written. Always give a limit:
`Annotated[Text, Field(max_length=2000)]`, or use `ShortText` or `LongText`."""

ShortText = Annotated[str, Field(pattern=_NO_NUL, max_length=500)]
"""Free text of at most 500 characters."""

LongText = Annotated[str, Field(pattern=_NO_NUL, max_length=4000)]
"""Free text of at most 4,000 characters."""


def _one_spelling(value: str) -> str:
    """One spelling (NFKC) for what looks the same, and nothing that can't be seen: two names on a roster must differ
    to the eye, too."""
    plain = unicodedata.normalize("NFKC", value)
    if any(unicodedata.category(character) in _UNSEEN for character in plain):
        raise PydanticCustomError("malformed", "characters that can't be seen")
    return " ".join(plain.split())


Line = Annotated[str, Field(pattern=_ONE_LINE, min_length=1, max_length=200), AfterValidator(_one_spelling)]
"""One line that shows something: a name, a title. At most 200 characters, none of them invisible."""

Whole = Annotated[int, BeforeValidator(_read_whole), Strict()]
"""A whole number in a query, where everything is a string: `12`, not `1_2`, `12.0` or ` 12`."""

PageSize = Annotated[int, Strict(), Field(ge=1, le=100), BeforeValidator(_read_whole)]
"""How many rows a page has, 1 to 100: `limit: PageSize = 25`."""

Few = Annotated[int, Strict(), Field(ge=1, le=12), BeforeValidator(_read_whole)]
"""A handful in a query, 1 to 12: how many speak, how many rounds."""

MinutesOfBreak = Annotated[int, Strict(), Field(ge=0, le=60), BeforeValidator(_read_whole)]
"""A break in a query, 0 to 60 minutes."""

VersionNumber = Annotated[int, Strict(), Field(ge=1, le=10_000), BeforeValidator(_read_whole)]
"""Which version, in a query."""

Flag = Annotated[bool, BeforeValidator(_read_flag), Strict()]
"""Yes or no in a query, where everything is a string: `true` or `false`, and no other spelling."""
