"""Interests and recommendations: what comes before an intake."""

from typing import Annotated

from pydantic import Field

from app.api.shared.limits import Limited
from app.api.shared.operations.inputs import Area, Theme, Tongue
from app.api.shared.operations.operation import Operation, Part, Shape
from app.api.shared.strict_model import OneOf, StrictModel, Text
from app.domain.intake.errors import (
    BelowMinimumAge,
    CodeNotUsable,
    InterestNotFound,
    NotAnInformer,
    NothingWished,
)
from app.domain.intake.interest import Company, Wishes
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotRegistered, NotStaff, OrganisationNotFound
from app.domain.shared.frames import Form, Weekday
from app.domain.systems.account import SystemScope
from app.services.intake.activate_recommendation import ActivateRecommendation
from app.services.intake.give_recommendation import GiveRecommendation
from app.services.intake.keep_private_wish import KeepPrivateWish
from app.services.intake.list_interests import ListInterests
from app.services.intake.list_recommendations import ListRecommendations
from app.services.intake.read_my_interest import ReadMyInterest
from app.services.intake.read_private_wish import ReadPrivateWish
from app.services.intake.register_interest import RegisterInterest
from app.services.intake.views import InterestView, PrivateWishView, RecommendationView
from app.services.intake.withdraw_interest import WithdrawInterest

_MINE = "/v1/organisations/{organisation_id}/my-interest"
OfAge = Annotated[
    bool,
    Field(
        description="That you have reached the organisation's minimum age. The date of birth is not wanted."
    ),
]
Code = Annotated[
    str,
    Field(
        min_length=24,
        max_length=60,
        pattern=r"^[A-Za-z2-7 -]+$",
        description="The code as it was given; small letters, spaces and hyphens don't matter.",
    ),
]


class WishesIn(Part):
    """What you look for in a group. Say no more than you want to (C-10)."""

    DOMAIN = Wishes

    forms: Annotated[
        list[OneOf[Form]], Field(min_length=1, max_length=3, description="Ways of meeting that suit you.")
    ]
    area: Area
    language: Tongue
    theme: Theme = None
    weekdays: Annotated[
        list[OneOf[Weekday]], Field(max_length=7, description="Days that suit you; none if all do.")
    ] = Field(default_factory=list)
    company: Annotated[
        list[OneOf[Company]],
        Field(max_length=8, description="Whom you would like to sit with, if it matters."),
    ] = Field(default_factory=list)

    def to_domain(self) -> Wishes:
        """The wishes; `NothingWished` where one is named twice."""
        return Wishes(
            theme=self.theme,
            forms=tuple(self.forms),
            area=self.area,
            weekdays=tuple(self.weekdays),
            language=self.language,
            company=tuple(self.company),
        )


class RegisterInterestIn(StrictModel):
    """Your own interest (A-07)."""

    wishes: WishesIn
    i_am_of_age: OfAge


class ActivateRecommendationIn(StrictModel):
    """A code that you were given, and what you look for."""

    code: Code
    wishes: WishesIn
    i_am_of_age: OfAge


class KeepPrivateWishIn(StrictModel):
    """Whom you would rather not meet."""

    words: Annotated[
        Text | None,
        Field(
            min_length=1,
            max_length=300,
            description="In few words; null takes it back. It is about others, too: name no more than is needed.",
        ),
    ] = None


class GiveRecommendationIn(StrictModel):
    """How many codes. There is no field for a name, nor for anything about anyone (A-06, P-h14)."""

    how_many: Annotated[int, Field(ge=1, le=30, description="How many codes you need.")] = 1


class InterestFilter(StrictModel):
    """Which interests."""

    theme: Annotated[str | None, Field(max_length=80, description="This theme only.")] = None
    form: Annotated[OneOf[Form] | None, Field(description="Whom this way of meeting suits.")] = None
    weekday: Annotated[OneOf[Weekday] | None, Field(description="Whom this day suits.")] = None
    language: Annotated[Tongue | None, Field(description="This language only.")] = None


OPERATIONS = (
    Operation(
        name="register_interest",
        feature="intake",
        use=lambda services: services.intake.register_interest,
        use_case=RegisterInterest,
        method="PUT",
        path=_MINE,
        gives=InterestView,
        takes=RegisterInterestIn,
        refuses=(NotRegistered, BelowMinimumAge, NothingWished),
    ),
    Operation(
        name="read_my_interest",
        feature="intake",
        use=lambda services: services.intake.read_my_interest,
        use_case=ReadMyInterest,
        method="GET",
        path=_MINE,
        gives=InterestView,
        refuses=(InterestNotFound,),
    ),
    Operation(
        name="withdraw_interest",
        feature="intake",
        use=lambda services: services.intake.withdraw_interest,
        use_case=WithdrawInterest,
        method="DELETE",
        path=_MINE,
        gives=InterestView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(InterestNotFound,),
    ),
    Operation(
        name="keep_private_wish",
        feature="intake",
        use=lambda services: services.intake.keep_private_wish,
        use_case=KeepPrivateWish,
        method="PUT",
        path=f"{_MINE}/private-wish",
        gives=PrivateWishView,
        takes=KeepPrivateWishIn,
        refuses=(InterestNotFound,),
    ),
    Operation(
        name="read_private_wish",
        feature="intake",
        use=lambda services: services.intake.read_private_wish,
        use_case=ReadPrivateWish,
        method="GET",
        path="/v1/organisations/{organisation_id}/interests/{person_id}/private-wish",
        gives=PrivateWishView,
        refuses=(InterestNotFound, StaffDeclarationNeeded),
    ),
    Operation(
        name="list_interests",
        feature="intake",
        use=lambda services: services.intake.list_interests,
        use_case=ListInterests,
        method="GET",
        path="/v1/organisations/{organisation_id}/interests",
        gives=InterestView,
        shape=Shape.PAGE,
        filters=InterestFilter,
        refuses=(NotStaff, StaffDeclarationNeeded),
    ),
    Operation(
        name="give_recommendation",
        scope=SystemScope.RECOMMENDATIONS_WRITE,
        limited=Limited.EXPENSIVE,
        feature="intake",
        use=lambda services: services.intake.give_recommendation,
        use_case=GiveRecommendation,
        method="POST",
        path="/v1/organisations/{organisation_id}/recommendations",
        gives=RecommendationView,
        takes=GiveRecommendationIn,
        status=201,
        refuses=(OrganisationNotFound, NotAnInformer),
    ),
    Operation(
        name="list_recommendations",
        scope=SystemScope.RECOMMENDATIONS_WRITE,
        feature="intake",
        use=lambda services: services.intake.list_recommendations,
        use_case=ListRecommendations,
        method="GET",
        path="/v1/organisations/{organisation_id}/recommendations",
        gives=RecommendationView,
        shape=Shape.PAGE,
        refuses=(OrganisationNotFound, NotAnInformer),
    ),
    Operation(
        name="activate_recommendation",
        limited=Limited.GUESSING,
        feature="intake",
        use=lambda services: services.intake.activate_recommendation,
        use_case=ActivateRecommendation,
        method="POST",
        path="/v1/organisations/{organisation_id}/my-interest/recommendation",
        gives=InterestView,
        takes=ActivateRecommendationIn,
        status=201,
        refuses=(NotRegistered, BelowMinimumAge, NothingWished, CodeNotUsable),
        idempotent_by_key=True,
    ),
)
