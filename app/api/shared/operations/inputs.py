"""The pieces that inputs are made of, with the bounds that both ways in hold."""

from datetime import datetime
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.api.shared.operations.operation import Part
from app.api.shared.strict_model import FIRST_YEAR, LAST_YEAR, Line, OneOf, Text
from app.domain.groups.alias import keeps_to_one_script
from app.domain.groups.composition import Composition, Genders
from app.domain.groups.declaration import Signature
from app.domain.meetings.place import PlaceType


def _in_one_script(alias: str) -> str:
    """Refuse an alias that could be put together to look like another one."""
    if not keeps_to_one_script(alias):
        raise PydanticCustomError("mixed_scripts", "letters of more than one script")
    return alias


Alias = Annotated[
    Line,
    Field(
        max_length=40,
        description="The name that you go by in this group, in the letters of one script; none that looks like another's.",
    ),
    AfterValidator(_in_one_script),
]
Name = Annotated[Line, Field(max_length=80, description="What you want to be called.")]
Theme = Annotated[
    Line | None, Field(max_length=80, description="What the group gathers around; none is as good (G-14).")
]
Seats = Annotated[
    int | None, Field(ge=3, le=8, description="How many seats; default: the policy's most (G-05, G-07).")
]
OfferCode = Annotated[
    str,
    Field(pattern=r"^[a-z2-7]{24}$", max_length=24, description="The code that stands with the offer."),
]
Area = Annotated[Line, Field(max_length=80, description="A town or a part of it, never an address (M-17).")]
Tongue = Annotated[
    str,
    Field(
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$",
        max_length=35,
        description="Language, as BCP 47 writes it.",
    ),
]
TextLanguage = Annotated[
    str,
    Field(pattern=r"^(nb|nn|da|en)$", max_length=2, description="Language of the text: nb, nn, da or en."),
]
Place = Annotated[Line, Field(max_length=200, description="Where, or how to get in. Members only.")]
PlaceKind = Annotated[
    OneOf[PlaceType],
    Field(
        description="What kind of place: neutral, public premises by preference (M-17, M-18). A home, a link or a number is"
        " shown to signed members alone."
    ),
]
Minutes = Annotated[int, Field(ge=15, le=480, description="Planned length; 120 is usual (M-02).")]
Introduction = Annotated[
    Text,
    Field(min_length=1, max_length=2000, description="Your own words; no more than you want to say (C-10)."),
]


def known_zone(name: str | None) -> str | None:
    """Refuse a name that the time zone database doesn't know."""
    if name is not None and name not in available_timezones():
        raise PydanticCustomError("malformed", "not the name of a time zone")
    return name


def _wall_time(written: str) -> datetime:
    """What stands on the clock on the wall; a day that there isn't is refused."""
    try:
        read = datetime.strptime(written, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 wall time has no offset
    except ValueError:
        raise PydanticCustomError("malformed", "not written as it has to be") from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise PydanticCustomError("out_of_range", "a year that can't be meant")
    return read


WallTime = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$",
        max_length=16,
        description="By the clock on the wall, without an offset: `2026-10-08T18:00`.",
    ),
    AfterValidator(_wall_time),
]
TimeZone = Annotated[
    str | None,
    Field(max_length=60, description="IANA name of a time zone; default: the organisation's."),
    AfterValidator(known_zone),
]


class CompositionIn(Part):
    """How the group is composed, as it states it itself: a description to choose by, never a test of anybody."""

    DOMAIN = Composition

    age_from: Annotated[int | None, Field(ge=13, le=120, description="Years; null: any.")] = None
    age_to: Annotated[int | None, Field(ge=13, le=120, description="Years, included; null: any.")] = None
    genders: Annotated[OneOf[Genders], Field(description="Whom it is meant for (G-11).")] = Genders.ALL
    in_common: Annotated[
        Line | None,
        Field(max_length=120, description="Something else that they share, in a few words (G-12)."),
    ] = None


HowComposed = Annotated[
    CompositionIn | None, Field(description="How it is composed (G-11, G-12); default: anybody is meant.")
]


class SignatureIn(Part):
    """Your name under the declaration of confidentiality, and which text you have read."""

    DOMAIN = Signature

    text_version: Annotated[
        str,
        Field(min_length=1, max_length=20, pattern=r"^[0-9A-Za-z.-]+$", description="Version of the text."),
    ]
    language: TextLanguage
    text_sha256: Annotated[
        str, Field(pattern=r"^[0-9a-f]{64}$", max_length=64, description="Hash of the text, as it was read.")
    ]
    typed_name: Annotated[Line, Field(max_length=120, description="Your name, typed by yourself (C-06).")]
