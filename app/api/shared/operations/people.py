"""Oneself."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.inputs import Name, TextLanguage
from app.api.shared.operations.operation import Operation
from app.api.shared.strict_model import StrictModel
from app.domain.people.person import AccountNotOfAge, NotIntroduced, NotOfAge
from app.domain.people.protection import ProtectionConfirmed
from app.services.people.introduce_myself import IntroduceMyself
from app.services.people.lift_my_protection import LiftMyProtection
from app.services.people.protect_my_identity import ProtectMyIdentity
from app.services.people.protection_views import ProtectionView
from app.services.people.read_me import ReadMe
from app.services.people.views import MeView


class IntroduceMyselfIn(StrictModel):
    """Who you are, in your own words."""

    chosen_name: Name
    languages: Annotated[
        list[TextLanguage], Field(min_length=1, max_length=4, description="Your languages, the best first.")
    ]
    i_am_of_age: Annotated[
        bool, Field(description="That you have turned 18. The date of birth itself is not wanted.")
    ]


OPERATIONS = (
    Operation(
        name="read_me",
        feature="people",
        use=lambda services: services.people.read_me,
        use_case=ReadMe,
        method="GET",
        path="/v1/me",
        gives=MeView,
        refuses=(NotIntroduced,),
    ),
    Operation(
        name="introduce_myself",
        feature="people",
        use=lambda services: services.people.introduce_myself,
        use_case=IntroduceMyself,
        method="PUT",
        path="/v1/me",
        gives=MeView,
        takes=IntroduceMyselfIn,
        refuses=(NotOfAge, AccountNotOfAge),
    ),
    Operation(
        name="protect_my_identity",
        feature="people",
        use=lambda services: services.people.protect_my_identity,
        use_case=ProtectMyIdentity,
        method="PUT",
        path="/v1/me/protected-identity",
        gives=ProtectionView,
        refuses=(NotIntroduced,),
    ),
    Operation(
        name="lift_my_protection",
        feature="people",
        use=lambda services: services.people.lift_my_protection,
        use_case=LiftMyProtection,
        method="DELETE",
        path="/v1/me/protected-identity",
        gives=ProtectionView,
        refuses=(NotIntroduced, ProtectionConfirmed),
    ),
)
