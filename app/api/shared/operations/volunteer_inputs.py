"""What comes in about volunteers and their training."""

from typing import Annotated

from pydantic import Field

from app.api.shared.strict_model import Instant, OneOf, StrictModel, Uuid, VersionNumber
from app.domain.volunteers.criteria import QualityKey
from app.domain.volunteers.qualification import VolunteerStatus
from app.domain.volunteers.training_record import (
    Continuing,
    ConversationOutcome,
    EntryKind,
    ExemptionReason,
    Module,
)
from app.domain.volunteers.volunteer import RecruitmentSource
from app.services.volunteers.list_outlook import OutlookChoice

SeenQuality = Annotated[str, Field(pattern=r"^[a-z_]{2,40}$", max_length=40)]


class OfferToVolunteerIn(StrictModel):
    """Your offer. Nothing is asked about your work or your education (V-02)."""

    recruited_from: Annotated[
        OneOf[RecruitmentSource], Field(description="From where you have come to volunteering (V-10).")
    ]


class AsOfFilter(StrictModel):
    """As of when."""

    as_of: Annotated[
        Instant | None, Field(description="The instant that the answer is about; default: now.")
    ] = None


class VolunteerFilter(AsOfFilter):
    """Which volunteers."""

    status: Annotated[
        OneOf[VolunteerStatus] | None, Field(description="Only those who have this status at that instant.")
    ] = None


class OutlookFilter(StrictModel):
    """Which span, and whom."""

    begins: Annotated[Instant | None, Field(description="Beginning of the span; default: now.")] = None
    ends: Annotated[
        Instant | None,
        Field(description="End of the span, at most 366 days later; default: 92 days later, a quarter."),
    ] = None
    only: Annotated[
        OneOf[OutlookChoice] | None,
        Field(description="Only those who can start a group, or those for whom something runs out."),
    ] = None


class RecordTrainingIn(StrictModel):
    """What has taken place. Only what belongs to its kind is given, and all of that."""

    kind: Annotated[OneOf[EntryKind], Field(description="What the entry is about.")]
    happened_at: Annotated[
        Instant, Field(description="When it took place, and from when it counts; not in the future.")
    ]
    module: Annotated[
        OneOf[Module] | None, Field(description="Of an `introduction`: which module (V-05).")
    ] = None
    outcome: Annotated[
        OneOf[ConversationOutcome] | None,
        Field(description="Of a `conversation`: whether task and volunteer fit (V-01)."),
    ] = None
    qualities: Annotated[
        list[SeenQuality],
        Field(
            max_length=20,
            description="Of a `conversation`: keys of the criteria that were seen (V-03).",
        ),
    ] = Field(default_factory=list)
    requirement: Annotated[
        OneOf[Continuing] | None, Field(description="Of an `exemption`: from what (V-06, V-07).")
    ] = None
    reason: Annotated[
        OneOf[ExemptionReason] | None, Field(description="Of an `exemption`: why. Nothing about health.")
    ] = None
    until: Annotated[
        Instant | None, Field(description="Of an `exemption`: its end, at most 366 days after it begins.")
    ] = None
    corrects: Annotated[
        Uuid | None, Field(description="The entry whose place this one takes; `struck` takes it out.")
    ] = None


class AcceptPartnerIn(StrictModel):
    """The proposal that you accept."""

    code: Annotated[
        str,
        Field(pattern=r"^[a-z2-7]{24}$", max_length=24, description="The code that you were given."),
    ]


class HeldCriteriaFilter(StrictModel):
    """Which version."""

    version: Annotated[
        VersionNumber | None,
        Field(description="The version that an entry names; default: the one that holds now."),
    ] = None


class AdoptHeldCriteriaIn(StrictModel):
    """What is asked for, and what is looked for. Each quality once."""

    required: Annotated[
        list[OneOf[QualityKey]],
        Field(min_length=1, max_length=7, description="What it takes to be found suited (V-03)."),
    ]
    welcome: Annotated[
        list[OneOf[QualityKey]],
        Field(max_length=6, description="What is noted where it is seen, and can grow."),
    ] = Field(default_factory=list)
